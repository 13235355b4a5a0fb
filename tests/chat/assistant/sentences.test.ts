import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import fc from 'fast-check'
import { createChat } from '#chat'
import { ensureStaff } from '#people'
import { fixedClock } from '#platform'
import { readSentence } from '../../../src/chat/assistant/read-sentence.ts'
import type { ClickOutcome } from '../../../src/chat/click.ts'
import { aLedger, anItem } from '../../search/ledger.ts'
import { createTestDatabase } from '../../support/database.ts'
import { chatSettings } from '../chat-settings.ts'
import { fakeProposals } from '../fake-proposals.ts'
import { aView } from '../views.ts'

const sentences: Record<string, string[]> = {
  '/debtor Visser': [
    'What does Visser owe us?',
    'Hi Duncan, can you tell me how much Visser still owe us please',
    'what is open at Visser?',
    'Has Visser paid yet?',
    'Wat staat er open bij Visser?',
    'Hoeveel is Visser ons nog schuldig?',
    'Dag Duncan, heeft Visser al betaald?',
    'Que nous doit Visser ?',
    'Combien Visser nous doit-il ?',
    'Est-ce que Visser a payé ?',
    'Was schuldet uns Visser?',
    'Was ist bei Visser noch offen?',
    'Hat Visser schon gezahlt?',
    'Ile jest nam winien Visser?',
    'Czy Visser zapłacił?',
    'saldo firmy Visser',
  ],
  '/debtor Visser & Zonen NV': ['What does Visser & Zonen NV owe us?', 'status van de Visser & Zonen NV', 'Wie steht es um “Visser & Zonen NV”?'],
  '/inbox Visser': [
    'show me the latest mails from Visser',
    'Wat schreef Visser?',
    'les derniers mails de Visser',
    'Was hat Visser geschrieben?',
    'maile od Visser',
  ],
  '/actions mine': ['What is waiting for me?', 'Wat wacht er op mij?', 'Que dois-je faire ?', 'Was wartet auf mich?', 'co czeka na mnie?'],
  '/actions team': ['what is waiting for the team?', 'Wat wacht op een beslissing?', 'Was wartet?', 'co czeka na nas'],
  '/duncan cover': ['who covers Jan', 'Wie is er weg?', 'Qui remplace Jan ?', 'Wer vertritt Jan?', 'kto zastępuje Jana?'],
  '/duncan why 12': ['why proposal 12?', 'Waarom 12?', 'Pourquoi la proposition 12 ?', 'Warum Vorschlag #12?', 'dlaczego 12?'],
  '/duncan home': ['settings', 'mijn instellingen', 'mes réglages', 'Einstellungen', 'moje ustawienia'],
  '/risk': ['What is at risk?', 'Wat staat er op het spel?', 'Qu’est-ce qui est en risque ?', 'Was ist gefährdet?', 'co jest zagrożone?'],
  '/risk Visser': ['How risky is Visser?', 'risico van Visser', 'risque de Visser', 'Risiko bei Visser', 'ryzyko firmy Visser'],
  '/duncan report': ['figures', 'Hoe doen we het?', 'les chiffres', 'Kennzahlen', 'raport'],
  '/duncan tasks': ['Whom should I call?', 'Wie moet ik bellen?', 'Qui dois-je appeler ?', 'Wen muss ich anrufen?', 'do kogo mam dzwonić?'],
  '/duncan promise Visser': [
    'Visser promised to pay',
    'noteer een belofte van Visser',
    'Visser a promis de payer',
    'Erfasse eine Zusage von Visser',
    'zapisz obietnicę firmy Visser',
  ],
  '/duncan dispute Visser': [
    'open a dispute for Visser',
    'Visser betwist een factuur',
    'ouvre un litige avec Visser',
    'Visser reklamiert eine Rechnung',
    'otwórz spór z Visser',
  ],
  '/duncan hold Visser': [
    'stop the reminders for Visser',
    'zet de aanmaningen aan Visser stil',
    'suspends les relances de Visser',
    'Stoppe die Mahnungen an Visser',
    'wstrzymaj monity do firmy Visser',
  ],
  '/duncan help': ['what can you do?', 'hulp', 'aide', 'Was kannst du?', 'pomoc'],
}

test('sentences in five languages are read as the command that they ask for', () => {
  for (const [command, typed] of Object.entries(sentences)) {
    assert.deepEqual(
      typed.map(text => [text, readSentence(text)]),
      typed.map(text => [text, command]),
    )
  }
})

/** Looks something up, or opens a form for its asker to fill in. */
const isHarmless = (command: string | undefined) =>
  command === undefined ||
  /^\/(?:(?:debtor|inbox|risk|duncan (?:promise|dispute|hold))(?: |$)|actions (?:mine|team)$|duncan (?:cover|home|help|tasks|report)$|duncan why \d+$)/su.test(
    command,
  )

test('who wants something done is shown what waits for them: no sentence is ever read as a command that changes anything', () => {
  const wishes = [
    'approve proposal 12',
    'reject everything',
    'Send the reply to Visser',
    'stuur maar',
    'envoie la réponse',
    'Genehmige alles',
    'wyślij odpowiedź',
  ]
  assert.deepEqual(new Set(wishes.map(readSentence)), new Set(['/actions mine']))
  const word = fc.constantFrom(
    'cover',
    '@bo',
    'until',
    '2026-03-13',
    'what',
    'is',
    'open',
    'at',
    'who',
    'staff',
    'invite',
    '/duncan',
    'save',
    'as',
    'mails',
    'from',
  )
  const text = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 400 }),
    fc.array(word, { maxLength: 12 }).map(words => words.join(' ')),
  )
  fc.assert(fc.property(text, typed => isHarmless(readSentence(typed))))
})

async function aDesk(t: TestContext) {
  const { client } = await createTestDatabase(t)
  const clock = fixedClock('2026-03-02T13:03:00Z')
  const jan = await ensureStaff(client, { key: 'jan', name: 'Jan Willems', email: 'jan@harbourlight.example', role: 'collector' })
  const { administrationId, debtors } = await aLedger(client, ['Visser Installatie BV', 'Visser & Zonen NV', 'Möller Stahlbau GmbH'])
  await anItem(client, { administrationId, debtorId: debtors[2]?.id ?? 0 }, '2026-0412', '2026-02-01', '1210.50')
  const proposals = fakeProposals(
    [aView({ id: 12 })],
    () => 'Jan Willems',
    () => new Date(clock.now().epochMilliseconds),
  )
  const chat = createChat({ client, clock, proposals, ...chatSettings })
  const type = (text: string, staff = jan) => chat.command({ staff, surface: 'console', text })
  return { client, jan, type }
}

/** Title of the answer and what it says it was read as; a refusal's words. */
const told = (outcome: ClickOutcome) => {
  if (outcome.kind !== 'private') return [outcome.kind, outcome.kind === 'form' ? '' : outcome.message]
  const [first] = outcome.card.elements
  return [outcome.card.title, first?.type === 'text' ? first.text : undefined]
}

test('a sentence is answered by its command, which it shows; a name with several hits is asked about', async t => {
  const { type } = await aDesk(t)

  assert.deepEqual(told(await type('Was schuldet uns die Möller Stahlbau GmbH?')), ['Möller Stahlbau GmbH', 'Read as: /debtor Möller Stahlbau GmbH'])
  assert.deepEqual(told(await type('What does Visser owe us?')), ['More than one debtor fits “Visser”', 'Read as: /debtor Visser'])
  assert.deepEqual(told(await type('möller')), ['Möller Stahlbau GmbH', 'Read as: /debtor möller'])
  assert.deepEqual(told(await type('is there any news on invoice 2026-0412 yet')), ['Möller Stahlbau GmbH', 'Read as: /debtor 2026-0412'])
  assert.deepEqual(told(await type('why 99?')), ['refused', 'There is no proposal 99. (Read as: /duncan why 99)'])
})

test('a command may be typed without its slash; what nobody understands gets help with sentences to try', async t => {
  const { type } = await aDesk(t)

  const [bare, unclear] = [await type('debtor möller'), await type('lovely weather we have')]

  assert.equal(bare.kind === 'private' && bare.card.title, 'Möller Stahlbau GmbH')
  assert.ok(unclear.kind === 'private')
  assert.match(unclear.card.subtitle ?? '', /“lovely weather we have” is not clear to Duncan\. Try: “What does Visser owe us\?”/)
})

test('a sentence finds no more than its asker may see', async t => {
  const { client, jan, type } = await aDesk(t)
  const elsewhere = await client.staff.update({ where: { id: jan.id }, data: { administrations: ['OTHER'] } })

  const [named, numbered] = [await type('What does Möller owe us?', elsewhere), await type('invoice 2026-0412', elsewhere)]
  const inactive = await type('What does Möller owe us?', { ...jan, active: false })

  assert.deepEqual(told(named), ['Nothing fits “Möller”', 'Read as: /debtor Möller'])
  assert.match(numbered.kind === 'private' ? (numbered.card.subtitle ?? '') : '', /is not clear to Duncan/)
  assert.equal(inactive.kind, 'refused')
})
