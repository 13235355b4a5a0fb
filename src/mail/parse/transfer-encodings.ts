const char = { tab: 0x09, lf: 0x0a, cr: 0x0d, space: 0x20, equals: 0x3d }

/** The bytes of a base64 body (RFC 2045, 6.8); undefined when anything but the alphabet and line ends is in it. */
export function decodeStrictBase64(body: Buffer): Buffer | undefined {
  const text = body.toString('latin1')
  if (/[^A-Za-z0-9+/=\r\n]/.test(text)) return undefined
  const padding = text.indexOf('=')
  if (padding >= 0 && /[^=\r\n]/.test(text.slice(padding))) return undefined
  return Buffer.from(text, 'base64')
}

/** The bytes of a quoted-printable body (RFC 2045, 6.7); undefined when an "=" introduces neither a byte nor a line's end. Linear. */
export function decodeQuotedPrintable(body: Buffer): Buffer | undefined {
  const decoded = Buffer.allocUnsafe(body.length)
  let length = 0
  for (let at = 0; at < body.length; at++) {
    const byte = body[at] ?? 0
    if (byte === char.space || byte === char.tab) {
      const end = blanksEnd(body, at)
      if (!isLineEnd(body, end)) for (; at < end; at++) decoded[length++] = body[at] ?? 0
      at = end - 1
    } else if (byte === char.equals) {
      const value = hexAt(body, at + 1) * 16 + hexAt(body, at + 2)
      if (value >= 0) {
        decoded[length++] = value
        at += 2
        continue
      }
      const end = softBreakEnd(body, blanksEnd(body, at + 1))
      if (end === undefined) return undefined
      at = end - 1
    } else {
      decoded[length++] = byte
    }
  }
  return decoded.subarray(0, length)
}

function blanksEnd(body: Buffer, from: number): number {
  let at = from
  while (body[at] === char.space || body[at] === char.tab) at++
  return at
}

const isLineEnd = (body: Buffer, at: number): boolean => at >= body.length || body[at] === char.cr || body[at] === char.lf

function softBreakEnd(body: Buffer, at: number): number | undefined {
  if (at >= body.length) return at
  if (body[at] === char.lf) return at + 1
  return body[at] === char.cr && body[at + 1] === char.lf ? at + 2 : undefined
}

/** The value of a hexadecimal digit; far below zero for anything else. */
function hexAt(body: Buffer, at: number): number {
  const code = body[at] ?? 0
  if (code >= 0x30 && code <= 0x39) return code - 0x30
  const letter = code | 0x20
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x61 + 10 : -1000
}
