import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import fc from 'fast-check'
import { parseMail } from '../../../src/mail/parse-mail.ts'
import { trimReply } from '../../../src/mail/trim-reply.ts'
import { clients } from './reply/clients.ts'
import { htmlSpecimens } from './reply/html-specimens.ts'
import { specimens } from './reply/specimens.ts'
import { trickyLines } from './reply/tricky-lines.ts'
import { words } from './reply/words.ts'

const to = [{ address: 'info@klant.example', name: '' }]
/** What no line of our own mail, nor of the head above it, may leave behind. */
const traces = /Noordzee|noordzee\.example|\b0?9:58\b/

test('of every mail program in seven languages, wherever the answer stands, the own words stay whole and nothing of the quoted reminder does', () => {
  const faults = specimens.flatMap(({ name, subject, text, own, quoted, noise }) => {
    const kept = trimReply({ text, html: undefined, subject, to, cc: [] }).replyText.split('\n')
    const lost = own.filter(line => !kept.includes(line)).map(line => `${name}: lost "${line}"`)
    const leaked = kept.filter(line => traces.test(line) || [...quoted, ...noise].includes(line)).map(line => `${name}: kept "${line}"`)
    return [...lost, ...leaked]
  })

  assert.ok(clients.length > 400 && specimens.length > 2000)
  assert.deepEqual(faults.slice(0, 20), [])
})

test('the marks of HTML tell history from own words, also below and between, where no word of it could', async () => {
  const faults: string[] = []
  // Parsing takes its time; every fifth goes through all programs, places and languages.
  for (const { name, html, text, own, quoted } of htmlSpecimens.filter((_, at) => at % 5 === 0)) {
    const mail = await parseMail(Buffer.from(`From: info@klant.example\r\nSubject: Re: x\r\nContent-Type: text/html; charset=utf-8\r\n\r\n${html}`))
    const kept = trimReply({ ...mail, text: text ?? mail.text })
      .replyText.split('\n')
      .map(line => line.trim())
    faults.push(...own.filter(line => !kept.includes(line)).map(line => `${name}: lost "${line}"`))
    faults.push(...kept.filter(line => quoted.includes(line) || /Noordzee|Emlékeztető/.test(line)).map(line => `${name}: kept "${line}"`))
  }

  assert.ok(htmlSpecimens.length > 500)
  assert.deepEqual(faults.slice(0, 20), [])
})

test('whatever people write, in whatever mail program, above or below, is kept to the letter', () => {
  const own = fc.uniqueArray(fc.constantFrom(...trickyLines), { minLength: 1, maxLength: 7 }).filter(isNoHeaderBlock)

  fc.assert(
    fc.property(own, fc.constantFrom(...clients), fc.boolean(), fc.boolean(), (said, client, isBelow, hasGap) => {
      const quote = client.quote(words[client.language].reminder)
      const below = isBelow && client.marked && client.isForward !== true
      const text = below ? [...quote, '', ...said] : [...said, ...(hasGap ? [''] : []), ...quote]

      const kept = trimReply({ text: text.join('\n'), html: undefined, subject: 'Re: x', to, cc: [] }).replyText.split('\n')

      assert.deepEqual(
        kept.filter(line => line !== ''),
        [...said],
      )
    }),
    { numRuns: 2000 },
  )
})

/** Three labels of a mail's head among the own words would be one. */
const isNoHeaderBlock = (lines: readonly string[]): boolean => lines.filter(line => /^(De|A|Date|Datum|Betreft|Do zapłaty|Kopie)\b.*:/.test(line)).length < 2

// Each line begins with what becomes of it: "+" is the sender's own, "-" is not, "?" (a name under the closing phrase) may be either.
test('whole mails, as people and their programs write them, keep their own words and nothing else', async t => {
  const file = readFileSync(join(import.meta.dirname, 'reply/whole-mails.txt'), 'utf8')
  for (const part of file.split(/^=== /m).slice(1)) {
    const [name = '', ...rows] = part.trimEnd().split('\n')
    const marked = (mark: string) => rows.filter(row => row.startsWith(mark) && row.length > 1).map(row => row.slice(1).trim())
    const text = rows.map(row => row.slice(1)).join('\n')

    const kept = trimReply({ text, html: undefined, subject: 'Re: x', to, cc: [] })
      .replyText.split('\n')
      .map(line => line.trim())

    await t.test(name, () => {
      assert.deepEqual(
        marked('+').filter(line => !kept.includes(line)),
        [],
      )
      assert.deepEqual(
        marked('-').filter(line => line !== '' && kept.includes(line)),
        [],
      )
    })
  }
})
