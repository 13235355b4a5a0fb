import assert from 'node:assert/strict'
import { test } from 'node:test'
import { detectAutoReply } from '../../../src/mail/detect-auto-reply.ts'
import { parseMail } from '../../../src/mail/parse-mail.ts'

const replied = 'Auto-Submitted: auto-replied'
const generated = 'Auto-Submitted: auto-generated'
const suppress = 'X-Auto-Response-Suppress: All'
const none = 'X-Mailer: Outlook'

const cases: [kind: string, header: string, subject: string, text: string][] = [
  ['absence', replied, 'Automatic reply: Reminder', 'I am out of the office until 29 May.'],
  ['absence', none, 'Out of Office: Reminder', 'Back on Monday.'],
  ['absence', 'Precedence: bulk', 'Re: Reminder', 'I am on annual leave and will return on 1 June.'],
  ['absence', generated, 'Away', "Thanks for your mail. I'm currently on parental leave."],
  ['absence', replied, 'Re: Reminder', 'I no longer work for Werf. Please contact Tom.'],
  ['absence', suppress, 'Automatisch antwoord: Herinnering', 'Ik ben er 1 juni weer.'],
  ['absence', 'Return-Path: <>', 'Herinnering', 'Wegens vakantie ben ik afwezig tot en met 3 juni.'],
  ['absence', 'X-Autoreply: yes', 'Re: Herinnering', 'Tijdens mijn afwezigheid neemt Karin waar.'],
  ['absence', none, 'Réponse automatique : Rappel', 'De retour le 1er juin.'],
  ['absence', replied, 'Re: Rappel', "Je suis absent jusqu'au 29 mai inclus."],
  ['absence', generated, 'Fermeture annuelle', 'Notre société est fermée du 1er au 23 août.'],
  ['absence', none, 'Abwesenheitsnotiz: Mahnung', 'Ab 1. Juni wieder im Büro.'],
  ['absence', suppress, 'Re: Mahnung', 'Ich befinde mich bis 3.6. im Urlaub. Ihre E-Mail wird nicht weitergeleitet.'],
  ['absence', none, 'Automatyczna odpowiedź: Wezwanie', 'Wracam 1 czerwca.'],
  ['absence', replied, 'Odp: Wezwanie', 'Przebywam na urlopie do 29 maja.'],
  ['absence', none, 'Respuesta automática: Recordatorio', 'Vuelvo el lunes.'],
  ['absence', replied, 'Re: Recordatorio', 'Estaré fuera de la oficina hasta el 29 de mayo.'],
  ['absence', none, 'Risposta automatica: Sollecito', 'Rientro il 1 giugno.'],
  ['absence', replied, 'Re: Sollecito', 'Sono in ferie fino al 3 giugno.'],
  ['absence', replied, 'Re: Reminder', 'I have left Werf. Invoices go to invoices@werf.example.'],
  ['absence', replied, 'Re: Herinnering', 'Bedankt voor uw bericht. Ik ben op vakantie en ben woensdag weer aanwezig.'],
  ['absence', replied, 'Re: Mahnung', 'Urlaub vom 11.5. bis 24.5.'],
  ['absence', replied, 'Re: Wezwanie', 'Dziś mnie nie ma. Odpowiem jutro.'],
  ['receipt', replied, 'Re: Reminder', 'Thank you for your message. We will reply in two working days.'],
  ['receipt', replied, 'Ontvangstbevestiging', 'Wij antwoorden binnen 2 werkdagen. Ons kantoor is gesloten in het weekend.'],
  ['receipt', replied, '[Ticket #55012] Reminder', 'We have received your message and will reply within two days.'],
  ['receipt', generated, 'Wij hebben uw bericht ontvangen', 'Uw bericht is ontvangen en geregistreerd onder zaak 5501.'],
  ['receipt', replied, 'Ihre Anfrage', 'Ihre E-Mail ist bei uns eingegangen. Dies ist eine automatische Antwort.'],
  ['other', replied, 'Please confirm your message', 'Click the link to prove that you are a person.'],
  ['mail', generated, 'Remittance advice 5501', 'We have paid EUR 1,250.00 for invoice 2026-0412 on 18 May.'],
  ['mail', replied, 'Zahlungsavis 5501', 'Wir haben heute EUR 1.250,00 für Rechnung 2026-0412 überwiesen.'],
  ['mail', replied, 'Payment run 20 May', 'The attached invoices are scheduled for payment on 22 May: 2026-0412 EUR 1,250.00.'],
  ['mail', generated, 'Betaalspecificatie mei', 'Hierbij de specificatie van onze betaling van EUR 1.250,00.'],
  ['mail', generated, 'Avis de virement', 'Un virement de 1 250,00 EUR a été émis pour la facture 2026-0412.'],
  ['mail', generated, 'Invoice 2026-0412 rejected', 'Your invoice could not be processed: purchase order missing.'],
  ['mail', generated, 'Statement request', 'Please send us a statement of account for May.'],
  ['mail', generated, 'New supplier portal', 'From 1 June all invoices are to be uploaded in our portal.'],
  ['mail', none, 'Holiday', 'I was on holiday last week, we will pay invoice 2026-0412 on Friday.'],
  ['mail', none, 'Re: Herinnering', 'Ik ben morgen niet op kantoor, maar de betaling staat klaar voor vrijdag.'],
  ['mail', none, 'Re: Automatic reply: Reminder', 'I am back now. We pay this week.'],
  ['mail', 'Precedence: bulk', 'Newsletter May', 'Read how to plan your summer holiday.'],
]

test('an automatic answer is told by its headers and what it says; what a machine writes of its own accord is a mail', async () => {
  const told = await Promise.all(
    cases.map(async ([, header, subject, text]) => {
      const source = `From: Jan <jan@werf.example>\r\nTo: ar@seller.example\r\n${header}\r\nSubject: ${subject}\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n${text}`
      return detectAutoReply(await parseMail(Buffer.from(source)), text)?.kind ?? 'mail'
    }),
  )

  assert.deepEqual(
    told.map((kind, at) => `${kind}: ${cases[at]?.[2]}`),
    cases.map(([kind, , subject]) => `${kind}: ${subject}`),
  )
})
