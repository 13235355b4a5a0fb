/** What invoice and order numbers are matched on: upper case, accents off, letters and digits only. Pure. */
export function searchNumber(number: string): string {
  const plain = isAscii.test(number) ? number : number.normalize('NFKD')
  return plain.toUpperCase().replace(/[^A-Z0-9]+/g, '')
}

const isAscii = /^[ -~]*$/
