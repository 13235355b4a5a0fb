// Node decodes this encoding and does not encode it. Its upper half is Latin-1's, but for 0x80 to 0x9f.
const upper = new Map(
  Array.from({ length: 0x20 }, (_, index) => 0x80 + index).map(byte => [new TextDecoder('windows-1252').decode(Uint8Array.of(byte)), byte] as const),
)
const plainLetters: Record<string, string> = { ł: 'l', Ł: 'L', đ: 'd', Đ: 'D', ı: 'i' }

/** The text in windows-1252. A letter that it does not have loses its accents, anything else becomes a question mark; `altered` counts both. */
export function encodeWindows1252(text: string): { bytes: Buffer; altered: number } {
  const plain = Buffer.from(text, 'latin1')
  if (!/[^\0-\x7f\xa0-\xff]/.test(text)) return { bytes: plain, altered: 0 }
  let altered = 0
  const bytes = Array.from(text, character => {
    const byte = byteOf(character)
    if (byte !== undefined) return byte
    altered++
    return byteOf(plainLetter(character)) ?? 0x3f
  })
  return { bytes: Buffer.from(bytes), altered }
}

function byteOf(character: string): number | undefined {
  const code = character.codePointAt(0) ?? 0
  return code < 0x80 || (code >= 0xa0 && code <= 0xff) ? code : upper.get(character)
}

/** Letters only: "≠" without its stroke would be "=", which a spreadsheet calculates. */
function plainLetter(character: string): string {
  const base = plainLetters[character] ?? character.normalize('NFD')[0] ?? ''
  return /^\p{L}$/u.test(base) ? base : '?'
}
