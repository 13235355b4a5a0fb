import assert from 'node:assert/strict'
import { test } from 'node:test'
import { detectLanguage } from '../../../src/triage/local/language.ts'

const mails: [string, string, string][] = [
  ['Is al betaald.', '', 'nl'],
  ['morgen gaat ie eruit, sorry!!', 'Re: aanmaning', 'nl'],
  ['schon bezahlt', 'AW: Rechnung', 'de'],
  ['Wir überweisen den Betrag am Freitag.', '', 'de'],
  ['Merci, bien reçu.', '', 'fr'],
  ['Le virement est parti hier', '', 'fr'],
  ['zapłacone', '', 'pl'],
  ['przelew pojdzie jutro rano', '', 'pl'],
  ['Got it, thanks.', '', 'en'],
  ['already settled mate', '', 'en'],
  ['Pagaremos a finales de mes sin falta.', '', 'es'],
  ['Provvederemo al saldo entro fine mese.', '', 'it'],
]

for (const [text, subject, language] of mails) {
  test(`"${text}" is ${language}`, async () => {
    assert.equal(await detectLanguage(text, subject), language)
  })
}

for (const text of ['', 'ok', 'INV-2026-0412', '+++', 'Jan de Vries Transport BV', 'https://pay.example/x?y=1', '12.05.2026 1.234,50']) {
  test(`"${text}" has no language to tell`, async () => {
    assert.equal(await detectLanguage(text), 'und')
  })
}

test('a short answer takes the language of its subject', async () => {
  assert.equal(await detectLanguage('ok', 'Re: Zahlungserinnerung für Ihre Rechnung vom Mai'), 'de')
})

test('a hostile mail of one endless word is not read to its end', async () => {
  const endless = 'a'.repeat(5_000_000)

  const languages = await Promise.all([
    detectLanguage(endless),
    detectLanguage('ok', endless),
    detectLanguage(`Wir zahlen am Freitag die Rechnung. ${endless}`),
  ])

  assert.equal(languages[2], 'de')
})
