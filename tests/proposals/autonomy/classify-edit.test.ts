import assert from 'node:assert/strict'
import { test } from 'node:test'
import { classifyEdit, classifyText } from '../../../src/proposals/autonomy/classify-edit.ts'

const letter = 'Beste Piet,\n\nWij noteren dat u factuur 2026-001 van € 1.250,00 betaalt op 4 december 2026.\n\nMet vriendelijke groet,\nNordlicht BV'
const reply = { to: ['info@zonneveld.example'], subject: 'Re: Facturen', text: letter, language: 'nl', template: 'promise_confirmed', amounts: ['1250.00'] }
const edited = (from: string, to: string) => ({ ...reply, text: letter.replace(from, to) })

test('an edit of a reply is classed by the gravest thing that it changes', () => {
  const edits = [
    [edited('Beste Piet', 'Dag Piet'), 'tone'],
    [edited('Wij noteren dat', 'Dank voor uw bericht. Wij noteren graag dat'), 'tone'],
    [edited('\n\nMet', '\nMet'), undefined],
    [edited('4 december', '5 december'), 'fact'],
    [edited('4 december', '4 januari'), 'fact'],
    [edited('2026-001', '2026-002'), 'fact'],
    [edited('Wij noteren dat u', 'Wij noteren niet dat u'), 'fact'],
    [edited('betaalt op 4 december 2026', 'betaalt op 4 december 2026, uiterlijk vrijdag'), 'fact'],
    [edited('1.250,00', '1.200,00'), 'amount'],
    [edited('4 december 2026.', '4 december 2026, met € 40,00 kosten.'), 'amount'],
    [{ ...reply, text: 'Bel mij even over deze zaak, dan lossen we het samen op.' }, 'amount'], // nothing of what was said is left
    [{ ...edited('Beste', 'Dag'), to: ['boekhouding@zonneveld.example'] }, 'recipient'],
    [{ ...reply, cc: ['x@zonneveld.example'], text: letter.replace('1.250,00', '1,00') }, 'recipient'],
    [{ ...reply, subject: 'Re: Facturen (Duncan)' }, 'tone'],
    [reply, undefined],
  ] as const

  assert.deepEqual(
    edits.map(([after]) => classifyEdit('send_reply', reply, after)),
    edits.map(([, found]) => found),
  )
})

test('what is registered has facts and amounts; words for a colleague are tone', () => {
  const promise = { promisedOn: '2026-12-04', amount: '100.00', currency: 'EUR', invoiceIds: [1], conditional: false }
  const task = { title: 'Call them', detail: 'about 2026-001', dueOn: '2026-12-04' }

  assert.deepEqual(
    [
      classifyEdit('register_promise', promise, { ...promise, promisedOn: '2026-12-05' }),
      classifyEdit('register_promise', promise, { ...promise, invoiceIds: [1, 2] }),
      classifyEdit('register_promise', promise, { ...promise, amount: '90.00', promisedOn: '2026-12-05' }),
      classifyEdit('create_task', task, { ...task, title: 'Ring them' }),
      classifyEdit('create_task', task, { ...task, dueOn: '2026-12-05' }),
      classifyEdit('register_promise', { unknown: true }, promise),
    ],
    ['fact', 'fact', 'amount', 'tone', 'fact', 'fact'],
  )
})

test('negations and days count in every language; another text in as many words is no change of tone', () => {
  const changes = [
    ['We will wait for it', 'We will not wait for it', 'fact'],
    ['Nous pouvons attendre votre virement', 'Nous ne pouvons pas attendre votre virement', 'fact'],
    ['Wir warten gern auf Ihre Zahlung', 'Wir warten nicht auf Ihre Zahlung', 'fact'],
    ['Czekamy na wpłatę do piątku', 'Czekamy na wpłatę do poniedziałku', 'fact'],
    ['Bedankt voor uw bericht, wij komen erop terug', 'Dank voor uw bericht, wij komen erop terug', 'tone'],
    ['Bedankt voor uw bericht, wij komen erop terug', 'Onze chauffeur gaf het pakket bij de buren af', 'fact'],
  ] as const

  assert.deepEqual(
    changes.map(([before, after]) => classifyText(before, after)),
    changes.map(([, , found]) => found),
  )
})
