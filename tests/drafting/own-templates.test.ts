import assert from 'node:assert/strict'
import { test } from 'node:test'
import { draftReply, templatesKind, withWording } from '#drafting'
import { kindFaults } from '../support/kind-faults.ts'

const frame = { language: 'en', subject: 'Invoice', administration: 'Northlight Ltd' } as const

test('own words take the place of the shipped ones, in their language only', () => {
  const templates = templatesKind.schema.parse({ promise_confirmed: { en: 'Noted for {{ promisedOn | day }}.' } })
  const sections = [{ template: 'promise_confirmed', slots: { promisedOn: '2026-12-04', invoices: [] } }]

  const english = draftReply({ ...frame, templates }, sections).text
  const dutch = draftReply({ ...frame, language: 'nl', templates }, sections).text

  assert.match(english, /Noted for 4 December 2026\./)
  assert.match(dutch, /4 december 2026/)
  assert.doesNotMatch(dutch, /Noted/)
})

test('the frame of all replies can be written anew', () => {
  const templates = templatesKind.schema.parse({ reply: { en: 'Good day,\n\n{{ body }}\n\n{{ administration }}' } })

  const { text } = draftReply({ ...frame, templates }, [{ template: 'payment_proof_request', slots: {} }])

  assert.match(text, /^Good day,\n/)
  assert.match(text, /Northlight Ltd$/)
})

test('a slot that was not filled leaves a gap, not a failed mail', () => {
  const templates = templatesKind.schema.parse({ payment_noted: { en: 'Paid on {{ paidOn | day }}: {{ invoices | list }}.' } })

  const { text } = draftReply({ ...frame, templates }, [{ template: 'payment_noted', slots: {} }])

  assert.match(text, /Paid on : \./)
})

test('what stands in a slot of an own template is never read as a template', () => {
  const templates = templatesKind.schema.parse({ reply: { en: '{{ contactName }} {{ body }}' } })

  const { text } = draftReply({ ...frame, contactName: '{{ administration }}', templates }, [])

  assert.match(text, /^\{\{ administration \}\}/)
})

const refused = (name: string, text: string, fault: RegExp) => {
  test(`${name} is refused at its line`, () => {
    const yaml = `templates:\n  promise_confirmed:\n    en: |\n${text
      .split('\n')
      .map(line => `      ${line}`)
      .join('\n')}\n`

    assert.match(kindFaults([templatesKind], yaml).join('\n'), fault)
  })
}

refused('a filter that does not exist', 'Hello,\nuntil {{ promisedOn | dya }}', /^:5:13 templates\.promise_confirmed\.en undefined filter: dya/)
refused('a block that does not end', 'One\n\n{% if amount %}x', /^:6:7 .*not closed/)
refused('a slot that the template does not get', 'Of {{ amont | money }}', /^:4:13 .*uses amont.* -> Did you mean amount\?/)
refused('another template', 'x\n{% render "reply/en" %}', /^:5:7 .*includes another template/)
refused('a threat with a legal step', 'Otherwise we call our solicitor', /^:4:7 .*threatens with a legal step: solicitor/)
refused('a bank account', 'Pay to NL91 ABNA 0417 1643 00', /^:4:7 .*bank account/)
refused('a link', 'See https://pay.creditor.example/now', /^:4:7 .*link/)

test('a template or a language that does not exist is refused with the one that was meant', () => {
  assert.match(
    kindFaults([templatesKind], 'templates:\n  promise_confirm:\n    en: x\n').join(),
    /^:2:3 templates\.promise_confirm is not known here -> Did you mean promise_confirmed\?/,
  )
  assert.match(
    kindFaults([templatesKind], 'templates:\n  statement:\n    it: x\n').join(),
    /^:3:5 templates\.statement\.it is not known here -> (?:Known are|Did you)/,
  )
  assert.match(kindFaults([templatesKind], 'templates:\n  reply:\n    en: Hello\n').join(), /^:3:9 templates\.reply\.en leaves out what is to be said/)
})

test('a step’s text may have further wordings, held to what its text is held to; any other name is refused', () => {
  const faults = kindFaults(
    [templatesKind],
    'templates:\n  reminder_first.short:\n    en: "Please pay\\n{{ overview }}"\n    nl: "Betaal"\n  reminder_first.Bad: {}\n  reply.short: {}\n',
  )
  const own = templatesKind.schema.parse({
    reminder_first: { en: 'Long\n{{ overview }}', nl: 'Lang\n{{ overview }}' },
    'reminder_first.short': { en: 'Short\n{{ overview }}' },
  })

  assert.deepEqual(
    faults.map(fault => fault.split(' -> ')[0]),
    [
      ':4:10 templates.reminder_first.short.nl leaves out what is to be paid',
      ':5:3 templates.reminder_first.Bad is not known here',
      ':6:3 templates.reply.short is not known here',
    ],
  )
  assert.deepEqual(withWording(own, 'reminder_first.short').reminder_first, { en: 'Short\n{{ overview }}', nl: 'Lang\n{{ overview }}' })
  assert.equal(withWording(own, 'reminder_second'), own)
})
