import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { assertedFrom, type Intent, intents, type MessageToRead } from '#triage'
import { classifyIntents, confidenceFloor } from '../../../src/triage/local/classify.ts'
import { splitSentences } from '../../../src/triage/local/text.ts'
import { messageOf, readCorpus, splitCorpus } from '../../evals/corpus.ts'

const messageFrom = (replyText: string, subject = '', kind: MessageToRead['kind'] = 'mail'): MessageToRead => ({
  ...messageOf({ id: '', situation: '', subject, text: replyText, intents: ['unrelated'], date: '2026-05-18', facts: {}, language: '' }),
  kind,
})

test('intents come best first, above the floor, with evidence that is literally there', () => {
  for (const mail of readCorpus()) {
    const found = classifyIntents(messageOf(mail), mail.language)

    for (const { intent, confidence, evidence } of found) {
      assert.ok(confidence >= confidenceFloor && confidence <= 1, `${mail.id} ${intent}`)
      if (evidence !== undefined) assert.equal(evidence.text, mail.text.slice(evidence.start, evidence.end))
    }
    assert.deepEqual(
      found.map(({ confidence }) => confidence),
      found.map(({ confidence }) => confidence).toSorted((a, b) => b - a),
    )
  }
})

test('evidence is exact whatever characters a mail has', () => {
  const words = fc.constantFrom(
    'betaald',
    'factuur',
    '😀',
    'é',
    '\n',
    '. ',
    '? ',
    'INV-2026-0412',
    '€ 1.234,50',
    '\u0000',
    '\ud800',
    'NL91 ABNA 0417 1643 00',
    'wij zullen niet ',
  )
  fc.assert(
    fc.property(fc.array(fc.oneof(words, fc.string()), { maxLength: 40 }), fc.constantFrom('nl', 'pl', 'und'), (parts, language) => {
      const text = parts.join(' ')

      for (const { evidence } of classifyIntents(messageFrom(text), language)) {
        if (evidence !== undefined) assert.equal(evidence.text, text.slice(evidence.start, evidence.end))
      }
    }),
    { numRuns: 200 },
  )
})

test('sentences cover every word of the text, in order and without overlap', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 300 }), text => {
      const spans = splitSentences(text)

      let rest = text
      for (const { start, end } of spans.toReversed()) rest = rest.slice(0, start) + rest.slice(end)
      assert.equal(
        rest
          .split('')
          .filter(letter => letter > ' ')
          .join('')
          .trim(),
        '',
      )
    }),
  )
})

test('abbreviations, dates and wrapped lines do not end a sentence', () => {
  const text = 'Wij betalen factuur nr. 2026-04 op 15. mei, d.w.z. zodra onze directeur terug is uit het\nbuitenland. Is dat goed?\nGroet'

  const sentences = splitSentences(text).map(({ start, end }) => text.slice(start, end))

  assert.deepEqual(sentences.slice(-2), ['Is dat goed?', 'Groet'])
})

test('a bounce is a bounce whatever it quotes', () => {
  const [best] = classifyIntents(messageFrom('We will pay on Friday.', 'Undelivered', 'bounce'), 'en')

  assert.equal(best?.intent, 'bounce')
})

test('an empty mail asserts nothing', () => {
  const asserted = classifyIntents(messageFrom(''), 'und').filter(({ confidence }) => confidence >= assertedFrom)

  assert.deepEqual(asserted, [])
})

// The held-back stories of these groups are odd ones; here is how people mostly put it.
const plainMails: { language: string; intent: Intent; subject: string; text: string }[] = [
  {
    language: 'fr',
    intent: 'invoice_copy_request',
    subject: 'Re: relance',
    text: "Bonjour, pourriez-vous nous envoyer une copie de cette facture ? Nous ne l'avons pas reçue.",
  },
  {
    language: 'fr',
    intent: 'payment_details_question',
    subject: 'Coordonnées bancaires',
    text: 'Bonjour, sur quel compte devons-nous virer la somme ? Merci de nous envoyer votre IBAN.',
  },
  {
    language: 'nl',
    intent: 'po_number',
    subject: 'Re: factuur',
    text: 'Beste, ons inkoopnummer voor deze levering is 4500123456. Wilt u dat op de factuur zetten?',
  },
  {
    language: 'pl',
    intent: 'contact_change',
    subject: 'zmiana danych',
    text: 'Dzień dobry, proszę wysyłać faktury na nowy adres e-mail: ksiegowosc@jodla.example. Stary adres jest nieaktywny.',
  },
]

test('of every intent and language, a mail that the classifier never saw is read right', () => {
  const { heldBack } = splitCorpus(readCorpus())
  const unseen = [
    ...heldBack.map(mail => ({ language: mail.language, intent: mail.intents[0], message: messageOf(mail) })),
    ...plainMails.map(({ language, intent, subject, text }) => ({ language, intent, message: messageFrom(text, subject) })),
  ]

  const isRight = ({ language, intent, message }: (typeof unseen)[number]) => classifyIntents(message, language)[0]?.intent === intent
  const missed = ['nl', 'fr', 'de', 'pl', 'en'].flatMap(language =>
    intents
      .filter(intent => !unseen.some(mail => mail.language === language && mail.intent === intent && isRight(mail)))
      .map(intent => `${intent} ${language}`),
  )

  assert.deepEqual(missed, [])
})
