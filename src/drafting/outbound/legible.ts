const named: Readonly<Record<string, string>> = {
  euro: '€',
  pound: '£',
  nbsp: ' ',
  thinsp: ' ',
  ensp: ' ',
  emsp: ' ',
  amp: '&',
  period: '.',
  comma: ',',
  colon: ':',
  sol: '/',
  commat: '@',
  num: '#',
}

/** Text as its reader sees it: plain letters and digits, no marks that are not seen, no entities; line ends stay. */
export const seenText = (text: string): string =>
  text
    .replaceAll(
      /&(?:#(x?)([0-9a-f]{1,6})|([a-z]{2,8}));/gi,
      (entity, hex: string, code: string, name: string) => letterOf(hex, code) ?? named[name?.toLowerCase()] ?? entity,
    )
    .normalize('NFKC')
    // Browsers take the full stop of Chinese and Japanese for a dot (UTS 46, 4.5).
    .replaceAll('。', '.')
    .replaceAll(/\p{Cf}/gu, '')
    // Digits that are set apart are one number to who reads them.
    .replaceAll(/(?<![\d.,])\d(?:[ ]\d){2,30}(?![\d.,]?\d)/g, spaced => spaced.replaceAll(' ', ''))

function letterOf(hex: string | undefined, code: string | undefined): string | undefined {
  if (code === undefined || (!hex && /\D/.test(code))) return undefined
  const point = Number.parseInt(code, hex ? 16 : 10)
  return point > 0 && point < 0x11_0000 ? String.fromCodePoint(point) : ' '
}

/** The same on one line: runs of spaces and line ends must not keep apart what a reader sees as one number. */
export const legible = (text: string): string => seenText(text).replaceAll(/\s+/g, ' ')
