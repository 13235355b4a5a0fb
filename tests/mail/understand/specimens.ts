import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** An invented mail: what it is expected to say (its lines that begin with ">"), and its source. */
type Specimen = { name: string; expected: string[][]; source: Buffer }

/**
 * The mails of a file in `specimens/`. Each begins with "=== name", lines "> address P|T cause" for the recipients that bounced
 * (P: permanent, T: temporary) and the headers that matter; "{original}" is the reminder that came back.
 */
export function readSpecimens(file: string): Specimen[] {
  const blocks = readFileSync(join(import.meta.dirname, 'specimens', file), 'utf8')
    .split(/^=== /m)
    .slice(1)
  return blocks.map(block => {
    const [name = '', ...lines] = block.trimEnd().split('\n')
    const told = lines.filter((line, at) => line.startsWith('> ') && lines.slice(0, at).every(each => each.startsWith('> ')))
    const expected = told.map(line => line.slice(2).split(' '))
    return { name, expected, source: Buffer.from(sourceOf(lines.slice(told.length).join('\n'), expected[0]?.[0] ?? 'ap@buyer.example')) }
  })
}

const sourceOf = (mail: string, recipient: string): string => {
  const [head = ''] = mail.split('\n\n', 1)
  const defaults = { To: 'ar@seller.example', Date: 'Fri, 20 Nov 2026 10:01:00 +0100', 'Content-Type': 'text/plain; charset=utf-8' }
  const missing = Object.entries(defaults).filter(([name]) => !new RegExp(`^${name}:`, 'im').test(head))
  const headers = missing.map(([name, value]) => `${name}: ${value}\n`).join('')
  return (headers + mail.replaceAll('{original}', originalTo(recipient))).replaceAll('\n', '\r\n')
}

const originalTo = (recipient: string): string => `Received: from [192.0.2.1] by out.seller.example with ESMTPS; Fri, 20 Nov 2026 09:58:01 +0100
From: Debiteuren <ar@seller.example>
To: ${recipient}
Subject: Herinnering factuur 2026-0412
Message-ID: <reminder.1@seller.example>
Date: Fri, 20 Nov 2026 09:58:00 +0100

Geachte heer, mevrouw,

Factuur 2026-0412 van EUR 1.250,00 is nog niet betaald. Vragen? Mail naar hulp@seller.example of bel 030-5550123.`
