import assert from 'node:assert/strict'
import { test } from 'node:test'
import { extractFacts } from '#triage'
import type { FactKind, Intent } from '../../../src/triage/reading.ts'
import { aContext, aMessage } from '../messages.ts'

const context = aContext({ invoiceNumbers: ['2026-0412', '2026-0413'], invoiceNumberShapes: ['9999-9999'] })

function valuesOf(kinds: FactKind[], text: string, language: string, intents: Intent[]): string {
  const asserted = intents.map(intent => ({ intent, confidence: 0.9 }))
  const facts = extractFacts(aMessage(text, { date: '2026-09-08', from: undefined }), context, language, asserted)
  return [
    ...new Set(facts.filter(({ kind, confidence }) => kinds.includes(kind) && confidence >= 0.5).map(({ value }) => JSON.stringify(value).replaceAll('"', ''))),
  ].join(' + ')
}

type Said = readonly [language: string, text: string, means: string]

const complaints: Said[] = [
  ['en', 'Where is our credit note for the chairs you took back?', 'credit_note_expected'],
  ['en', "We're still waiting for the credit note of June.", 'credit_note_expected'],
  ['en', 'When will we get the credit for the broken lamps?', 'credit_note_expected'],
  ['en', "Where's my credit?", 'credit_note_expected'],
  ['en', 'We have been awaiting your credit note since spring.', 'credit_note_expected'],
  ['nl', 'Waar blijft onze creditnota voor de lampen?', 'credit_note_expected'],
  ['nl', 'Wij wachten nog steeds op de creditnota.', 'credit_note_expected'],
  ['nl', 'Sinds juni wachten we op uw creditfactuur.', 'credit_note_expected'],
  ['nl', 'Wanneer krijgen wij de creditnota?', 'credit_note_expected'],
  ['nl', 'Wanneer komt de creditnota voor de retour?', 'credit_note_expected'],
  ['de', 'Wo bleibt die Gutschrift für die Stühle?', 'credit_note_expected'],
  ['de', 'Wir warten seit Juni auf Ihre Gutschrift.', 'credit_note_expected'],
  ['de', 'Für die Retoure warten wir noch immer auf die Gutschrift.', 'credit_note_expected'],
  ['de', 'Wann bekommen wir die Gutschrift?', 'credit_note_expected'],
  ['de', 'Wann kommt unsere Gutschrift endlich?', 'credit_note_expected'],
  ['fr', 'Où est notre avoir pour les chaises ?', 'credit_note_expected'],
  ['fr', 'Nous attendons toujours votre avoir.', 'credit_note_expected'],
  ['fr', "J'attends encore l'avoir de juin.", 'credit_note_expected'],
  ['fr', "Quand recevrons-nous l'avoir ?", 'credit_note_expected'],
  ['fr', 'Où en est notre avoir ?', 'credit_note_expected'],
  ['pl', 'Gdzie jest nasza korekta za krzesła?', 'credit_note_expected'],
  ['pl', 'Od czerwca czekamy na fakturę korygującą.', 'credit_note_expected'],
  ['pl', 'Wciąż czekam na obiecaną korektę.', 'credit_note_expected'],
  ['pl', 'Kiedy dostaniemy korektę?', 'credit_note_expected'],
  ['pl', 'Kiedy wystawią Państwo fakturę korygującą?', 'credit_note_expected'],
  ['en', 'Half of the plates arrived smashed.', 'quality'],
  ['en', 'The 4 tonnes of sand were never delivered.', 'not_delivered'],
  ['en', 'You billed us for 40 chairs, we received 32.', 'quantity'],
  ['en', 'We dispute 2026-0413.', 'other'],
  ['en', 'The rugs were delivered stained.', 'quality'],
  ['nl', 'De dozen kwamen gescheurd binnen.', 'quality'],
  ['nl', 'Deze twaalf stoelen zijn nooit geleverd.', 'not_delivered'],
  ['nl', 'Wij hebben 32 stoelen ontvangen en u heeft er 40 berekend.', ''],
  ['nl', 'U heeft gefactureerd 40 stoelen, wij kregen er 32.', 'quantity'],
  ['nl', 'Wij betwisten 2026-0413.', 'other'],
  ['de', 'Die Gläser kamen zerbrochen an.', 'quality'],
  ['de', 'Die vier Paletten wurden nie geliefert.', 'not_delivered'],
  ['de', 'Geliefert wurden 32 Stühle, berechnet 40.', 'quantity'],
  ['de', '2026-0413 reklamieren wir.', 'other'],
  ['de', 'Die Teppiche waren nass.', 'quality'],
  ['fr', 'Les verres sont arrivés brisés.', 'quality'],
  ['fr', "Les trois palettes n'ont jamais été livrées.", 'not_delivered'],
  ['fr', 'On nous facture 40 chaises, nous en avons reçu 32.', 'quantity'],
  ['fr', 'Vous nous avez facturé 40 chaises, reçu 32.', 'quantity'],
  ['fr', 'La 2026-0413, nous la contestons.', 'other'],
  ['pl', 'Talerze przyszły zniszczone.', 'quality'],
  ['pl', 'Palety nigdy nie zostały dostarczone.', 'not_delivered'],
  ['pl', 'Zafakturowano 40 krzeseł, dotarło 32.', 'quantity'],
  ['pl', '2026-0413 reklamujemy.', 'other'],
  ['pl', 'Składamy reklamację do 2026-0413.', 'other'],
  // What only sounds like it.
  ['en', "We don't dispute the invoice.", ''],
  ['en', 'Once the credit note is in, we will pay.', ''],
  ['nl', 'Wij betwisten de factuur niet.', ''],
  ['de', 'Die Rechnung wurde nie zugestellt.', ''],
  ['fr', 'Votre facture du 3 avril, livrée le 10 avril, est en ordre.', ''],
  ['pl', 'Nie kwestionujemy faktury.', ''],
]

const orders: Said[] = [
  ['en', 'PO number for 2026-0412 is 4500771203.', '4500771203'],
  ['en', 'The purchase order number to quote on the invoice is 4500771203.', '4500771203'],
  ['nl', 'Het bestelnummer voor 2026-0412 luidt 4500771203.', '4500771203'],
  ['nl', 'Ons ordernummer bij factuur 2026-0413: 4500771203.', '4500771203'],
  ['de', 'Die Bestellnummer zu 2026-0412: 4500771203.', '4500771203'],
  ['de', 'Unsere Bestellnummer für 2026-0413 lautet 4500771203.', '4500771203'],
  ['fr', 'Le numéro de commande à mentionner sur la facture est le 4500771203.', '4500771203'],
  ['fr', 'Le bon de commande BC 99120934 est à rappeler.', '99120934'],
  ['pl', 'Numer zamówienia do faktury 2026-0412 to 4500771203.', '4500771203'],
  ['pl', 'Numer zamówienia dla 2026-0413: 4500771203.', '4500771203'],
  ['en', 'The PO number for this invoice is 2026-0412.', ''],
]

const contacts: Said[] = [
  ['en', 'Your contact now is Mary Hill, mary.hill@hill.example.', 'mary.hill@hill.example + Mary Hill'],
  ['nl', 'Ons adres wijzigt: Lindelaan 4, 3511 AB Utrecht. Graag aanpassen', 'Lindelaan 4, 3511 AB Utrecht'],
  [
    'de',
    'Es ändert sich die Rechnungsanschrift: Linden GmbH, Hafenweg 12, 20457 Hamburg. Bitte passen Sie Ihre Daten an.',
    'Linden GmbH, Hafenweg 12, 20457 Hamburg',
  ],
  ['fr', 'Notre adresse change : 12 rue des Lilas, 69003 Lyon. Merci de mettre à jour.', '12 rue des Lilas, 69003 Lyon'],
  ['pl', 'Od dziś faktury prosimy wysyłać na adres faktury@wierzba.example.', 'faktury@wierzba.example'],
  ['pl', 'Płatnościami zajmuje się teraz Jan Kos, tel. 600 200 300.', '600 200 300 + Jan Kos'],
  ['es', 'A partir de ahora enviad las facturas a proveedores@olmo.example.', 'proveedores@olmo.example'],
]

const contactKinds: FactKind[] = ['contact_email', 'contact_phone', 'contact_name', 'contact_address']
const read = (said: Said[], kinds: FactKind[], intents: Intent[]): Said[] =>
  said.map(([language, text]) => [language, text, valuesOf(kinds, text, language, intents)])

test('a complaint in so many words says why, whatever the mail is taken for', () => {
  assert.deepEqual(read(complaints, ['dispute_reason'], []), complaints)
})

test('an order number is found behind what it is for, and no invoice is one', () => {
  assert.deepEqual(read(orders, ['po_number'], ['po_number']), orders)
})

test('what is told of a new contact is found, and an address ends with its sentence', () => {
  assert.deepEqual(read(contacts, contactKinds, ['contact_change']), contacts)
})
