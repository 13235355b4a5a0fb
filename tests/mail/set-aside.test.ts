import assert from 'node:assert/strict'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import fc from 'fast-check'
import { mailAt } from '../../bench/mail-corpus.ts'
import { parseMail } from '../../src/mail/parse-mail.ts'
import { setRunsAside } from '../../src/mail/set-aside.ts'
import { temporaryFolder } from '../support/maildir.ts'

/** Parses a source with mailparser alone: from a file nothing is set aside. */
function wholeParser(t: TestContext): (source: Buffer) => ReturnType<typeof parseMail> {
  const file = join(temporaryFolder(t), 'mail.eml')
  return source => {
    writeFileSync(file, source)
    return parseMail(file)
  }
}

const bytes = (length: number): Buffer => Buffer.alloc(length, 'any bytes will do ÿ')
const linesOf = (content: Buffer, width = 76): string => content.toString('base64').replace(new RegExp(`.{${width}}`, 'g'), '$&\r\n')

/** A mail of one base64 part between a text and the end; `header` and `body` are the part's own. */
const mailWith = (header: string, body: string): Buffer =>
  Buffer.from(
    `From: ann@brook.example\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="mix"\r\n\r\n--mix\r\n\r\nhello\r\n--mix\r\n${header}\r\nContent-Transfer-Encoding: base64\r\n\r\n${body}\r\n--mix--\r\n`,
  )
const pdf = 'Content-Type: application/pdf; name=a.pdf'

test('an attachment that is set aside has the size and the hash of its own bytes', async t => {
  const source = mailWith(pdf, linesOf(bytes(5_000)))

  const mail = await parseMail(source)

  assert.equal(mail.attachments[0]?.size, 5_000)
  assert.equal(setRunsAside(source)?.runs.length, 1)
  assert.ok((setRunsAside(source)?.source.length ?? 0) < 400)
  assert.deepEqual(mail, await wholeParser(t)(source))
})

const content = bytes(5_000)
const lines = linesOf(content)
const odd: Record<string, Buffer> = {
  'bare line feeds': Buffer.from(mailWith(pdf, lines).toString().replaceAll('\r', '')),
  'a last line as long as the others': mailWith(pdf, linesOf(bytes(57 * 40))),
  'empty lines before the boundary': mailWith(pdf, `${lines}\r\n\r\n\r\n`),
  'no last boundary': mailWith(pdf, lines).subarray(0, -12),
  'trailing blanks on its lines': mailWith(pdf, lines.replaceAll('\r\n', ' \r\n')),
  'a cut last group': mailWith(pdf, lines.slice(0, -3)),
  'more padding than there may be': mailWith(pdf, `${lines}====`),
  'padding in the middle': mailWith(pdf, `${lines}\r\n${lines}`),
  'a foreign character': mailWith(pdf, lines.replace('b', '*')),
  'the URL alphabet': mailWith(pdf, lines.replaceAll('b', '_').replaceAll('c', '-')),
  'no lines at all': mailWith(pdf, content.toString('base64')),
  'a line that only begins like a boundary': mailWith(pdf, `${lines}\r\n--mixed\r\n${lines}`),
  'a single sign behind dashes': mailWith(pdf, `${linesOf(bytes(57 * 40))}\r\n--\r\nA`),
  'a text for its type': mailWith('Content-Type: text/plain', linesOf(Buffer.from('één regel\r\n'.repeat(500)))),
  'a text that is kept as a file': mailWith('Content-Type: text/csv\r\nContent-Disposition: attachment', lines),
  'a text without a type': mailWith('X-Note: none', lines),
  'a report that is read': mailWith('Content-Type: message/delivery-status\r\nContent-Disposition: attachment', lines),
  'another encoding': Buffer.from(mailWith(pdf, lines).toString().replace(': base64', ': 7bit; not base64')),
  'an attached mail around it': mailWith('Content-Type: message/rfc822', lines),
  'an attached mail in plain around it': Buffer.from(mailWith(pdf, lines).toString().replace(pdf, `Content-Type: message/rfc822\r\n\r\nSubject: x\r\n${pdf}`)),
  'no multipart around it': Buffer.from(`Content-Type: application/pdf\r\nContent-Transfer-Encoding: base64\r\n\r\n${lines}`),
  'dashes behind it on its line': mailWith(pdf, `${lines.trimEnd().slice(0, -2)}--AAAA`),
  'nothing but itself': Buffer.from(`base64\n\n${lines}`),
}

for (const [what, source] of Object.entries(odd)) {
  test(`base64 with ${what} is read as mailparser reads it`, async t => {
    assert.deepEqual(await parseMail(source), await wholeParser(t)(source))
  })
}

const lineEnd = fc.constantFrom('\r\n', '\r\n', '\n')
const boundary = fc.constantFrom('mix', 'base64', 'AAAA', '-', 'AAAA==', '=_b', 'b b')
const header = fc.record({
  type: fc.constantFrom('application/pdf', 'application/octet-stream; name="a.pdf"', 'image/png', 'text/plain', 'text/html', 'message/rfc822', ''),
  disposition: fc.constantFrom('', '', 'attachment', 'inline', 'attachment; filename=b.xml', 'form-data'),
  encoding: fc.constantFrom('base64', 'base64', 'base64', 'base64', 'BASE64', 'base64 (so to say)', 'quoted-printable', '7bit', 'x-uuencode', ''),
  odd: fc.constantFrom('', '', '', 'X-Note: base64', 'no header at all', 'Content-Type: text/plain; x="'),
})
const piece = fc.oneof(
  { weight: 6, arbitrary: fc.record({ size: fc.integer({ min: 700, max: 2_500 }), width: fc.constantFrom(4, 60, 64, 72, 75, 76, 998) }) },
  { weight: 1, arbitrary: fc.constantFrom('', '=', '==', 'A', 'AA', '--', '--AAAA', '-- AAAA', '\t', '~', 'base64', '_', 'QUJD', 'Subject: x') },
)
const body = fc.array(fc.tuple(piece, fc.constantFrom('', '\n', '\n', '\n\n'), fc.integer({ min: 0, max: 5 })), { minLength: 1, maxLength: 3 })
const leaf = fc.record({ header, body })
type Part = { header: { type: string; disposition: string; encoding: string; odd: string }; body: [{ size: number; width: number } | string, string, number][] }
type Tree = Part | { boundary: string; parts: Tree[]; closed: boolean; around: string }
const { tree } = fc.letrec<{ tree: Tree }>(tie => ({
  tree: fc.oneof(
    { weight: 2, arbitrary: leaf },
    {
      weight: 1,
      arbitrary: fc.record({
        boundary,
        parts: fc.array(tie('tree'), { minLength: 1, maxLength: 4 }),
        closed: fc.boolean(),
        around: fc.constantFrom('', '', 'base64\n\nAAAA', 'text'),
      }),
    },
  ),
}))

function written(node: Tree): string {
  if ('parts' in node) {
    const parts = node.parts.map(part => `--${node.boundary}\n${written(part)}\n`).join('')
    return `Content-Type: multipart/mixed; boundary="${node.boundary}"\n\n${node.around}\n${parts}${node.closed ? `--${node.boundary}--\n` : ''}${node.around}`
  }
  const { type, disposition, encoding, odd: line } = node.header
  const named = [
    ['Content-Type', type],
    ['Content-Disposition', disposition],
    ['Content-Transfer-Encoding', encoding],
  ]
  const headers = [...named.flatMap(([name, value]) => (value ? `${name}: ${value}\n` : [])), line ? `${line}\n` : ''].join('')
  const text = node.body.map(([what, end, cut]) => {
    const whole = typeof what === 'string' ? what : linesOf(bytes(what.size), what.width).replaceAll('\r', '')
    // Cut runs are the exception, or no run would be set aside.
    return (typeof what === 'string' || cut > 2 ? whole : whole.slice(0, whole.length - cut)) + end
  })
  return `${headers}\n${text.join('')}`
}

test('whatever is built of parts, runs and boundaries is read as mailparser reads it', async t => {
  const whole = wholeParser(t)
  let shortened = 0

  await fc.assert(
    fc.asyncProperty(tree, lineEnd, async (mail, end) => {
      const source = Buffer.from(`From: ann@brook.example\n${written(mail)}`.replaceAll('\n', end))
      if (setRunsAside(source)) shortened += 1

      assert.deepEqual(await parseMail(source), await whole(source))
    }),
    { numRuns: 400 },
  )

  assert.ok(shortened > 20, `only ${shortened} mails had a run that was set aside`)
})

test('every mail of the fixtures and of the benchmark is read as mailparser reads it', async t => {
  const whole = wholeParser(t)
  const fixtures = new URL('../fixtures/mails/', import.meta.url)
  const stored = readdirSync(fixtures, { recursive: true, withFileTypes: true }).filter(entry => entry.isFile())
  const sources = [...stored.map(entry => readFileSync(join(entry.parentPath, entry.name))), ...Array.from({ length: 60 }, (_, index) => mailAt(index))]

  for (const source of sources) assert.deepEqual(await parseMail(source), await whole(source))

  assert.ok(sources.some(source => setRunsAside(source)))
})

test('a source made to be searched again and again is searched once', () => {
  const hostile = ['base64\n\nAAAA\n', 'base64\n--', 'base64\r\n\r\n', `base64\n\n${'A'.repeat(2_000)}\n\n--x\n`, '\n--', 'base64']

  for (const text of hostile) setRunsAside(Buffer.from(text.repeat(Math.ceil(8_000_000 / text.length))))
})
