import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseMail } from '../../../src/mail/parse-mail.ts'
import { trimReply } from '../../../src/mail/trim-reply.ts'
import { clients } from './reply/clients.ts'
import { htmlSpecimens } from './reply/html-specimens.ts'
import { specimens } from './reply/specimens.ts'

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
  for (const { name, html, text, own, quoted } of htmlSpecimens) {
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
