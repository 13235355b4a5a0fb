// Invented mail with the sizes that a debtor mailbox has: median 17 KB, 90% below 72 KB, 99% below 379 KB, every fifth
// with attachments. The same number gives the same mail on every machine.

export const debtors = 500
export const invoicesPerDebtor = 10

export const contactOf = (debtor: number): string => `pay@debtor${debtor}.example`
export const invoiceNumber = (debtor: number, invoice: number): string =>
  `${2024 + (invoice % 2)}-${String(debtor * invoicesPerDebtor + invoice).padStart(5, '0')}`

const sizes = [
  [0, 2_000],
  [0.5, 17_000],
  [0.9, 72_000],
  [0.99, 379_000],
  [1, 2_100_000],
] as const

const sentences = [
  'We hebben de factuur ontvangen en betalen voor het einde van de maand.',
  'Merci de nous envoyer une copie de la facture, nous ne la retrouvons pas.',
  'Die Zahlung wurde gestern angewiesen, bitte prüfen Sie den Eingang.',
  'Prosimy o przesłanie aktualnego zestawienia należności.',
  'The goods were not delivered in full, so this invoice cannot be approved yet.',
  'Our accounts department will look into it and come back to you next week.',
  'Can you confirm which purchase order this refers to?',
]

/** The mail of a number; a plain one is text and HTML of at most 17 KB, without attachment. */
export function mailAt(index: number, { plain = false } = {}): Buffer {
  const random = randomFrom(index)
  const quantile = random()
  const size = sizeAt(plain ? quantile / 2 : quantile)
  const debtor = Math.floor(random() * debtors)
  const number = invoiceNumber(debtor, Math.floor(random() * invoicesPerDebtor))
  const id = (at: number) => `<m${at}@debtor${debtor}.example>`
  const isReply = index > debtors && random() < 0.4
  const headers = [
    ...Array.from(
      { length: 4 },
      (_, hop) => `Received: from mx${hop}.debtor${debtor}.example (192.0.2.${hop + 1}) by mail.seller.example; Mon, 2 Mar 2026 09:0${hop}:00 +0100`,
    ),
    `From: Accounts ${debtor} <${contactOf(debtor)}>`,
    'To: Receivables <ar@seller.example>',
    `Subject: ${isReply ? 'Re: ' : ''}=?utf-8?Q?Factuur_${number}_=E2=82=AC?=`,
    'Date: Mon, 2 Mar 2026 09:00:00 +0100',
    `Message-ID: ${id(index)}`,
    ...(isReply ? [`In-Reply-To: ${id(index - debtors)}`, `References: ${id(index - debtors)}`] : []),
    'MIME-Version: 1.0',
  ]
  const isAttached = size > 80_000 || (random() < 0.13 && !plain)
  const body = isAttached ? withAttachment(size, number, random) : alternative(size, number, random)
  return Buffer.from([...headers, body].join('\r\n'))
}

/** The same words as text and as the HTML that office programs write, two and a half times as long. */
function alternative(size: number, number: string, random: () => number): string {
  const text = prose(Math.round((size - 1_000) / 3.5), number, random)
  const html = text
    .split('\r\n')
    .map(line => `<p class=MsoNormal style="margin:0cm;font-size:11.0pt;font-family:Calibri,sans-serif"><span lang=NL>${line}<o:p></o:p></span></p>`)
    .join('\r\n')
  return multipart('alternative', 'alt', [
    `Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n${text}`,
    `Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n<html><body>${html}</body></html>`,
  ])
}

function withAttachment(size: number, number: string, random: () => number): string {
  const content = Buffer.alloc(Math.max(1_000, Math.round((size - 5_000) * 0.73)))
  for (let at = 0; at < content.length; at += 4) content.writeUInt32LE(Math.floor(random() * 2 ** 32), Math.min(at, content.length - 4))
  const lines = content.toString('base64').replace(/.{76}/g, '$&\r\n')
  return multipart('mixed', 'mix', [
    alternative(4_000, number, random),
    `Content-Type: application/pdf; name="Invoice ${number}.pdf"\r\nContent-Disposition: attachment; filename="Invoice ${number}.pdf"\r\nContent-Transfer-Encoding: base64\r\n\r\n${lines}`,
  ])
}

function multipart(kind: string, boundary: string, bodies: string[]): string {
  return `Content-Type: multipart/${kind}; boundary="${boundary}"\r\n\r\n${bodies.map(body => `--${boundary}\r\n${body}\r\n`).join('')}--${boundary}--\r\n`
}

function prose(length: number, number: string, random: () => number): string {
  const lines = [`Betreft factuur ${number}.`, '']
  for (let written = 0; written < length; ) {
    // The answer stands on top, what it answers below it.
    if (lines.length === 8) lines.push('', 'Op 1 maart 2026 schreef Receivables <ar@seller.example>:')
    const line = sentences[Math.floor(random() * sentences.length)] ?? ''
    lines.push(lines.length > 8 ? `> ${line}` : line)
    written += line.length + 4
  }
  return lines.join('\r\n')
}

/** Between the known quantiles sizes grow evenly on a logarithmic scale. */
function sizeAt(quantile: number): number {
  const upper = sizes.findIndex(([at]) => quantile <= at)
  const [from, smallest] = sizes[Math.max(0, upper - 1)] ?? sizes[0]
  const [to, largest] = sizes[Math.max(1, upper)] ?? sizes[1]
  return Math.round(smallest * (largest / smallest) ** ((quantile - from) / (to - from)))
}

/** mulberry32: small, fast, and the same everywhere. */
function randomFrom(seed: number): () => number {
  let state = (seed + 1) * 0x9e3779b9
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
