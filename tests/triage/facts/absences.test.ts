import assert from 'node:assert/strict'
import { test } from 'node:test'
import { extractFacts } from '#triage'
import { aContext, aMessage } from '../messages.ts'

/** What an absence notice of Monday 18 May 2026 says: the last day away, and who stands in (names, addresses). */
const notices: Record<string, [text: string, lastDay: string | undefined, ...standIns: string[]][]> = {
  en: [
    ['I am out of the office until 29 May. For urgent matters please contact Tom Vos at t.vos@werf.example.', '2026-05-29', 'Tom Vos', 't.vos@werf.example'],
    ['I will be away from 20 May through 3 June with no access to email.', '2026-06-03'],
    ['I am on annual leave and will be back in the office on Monday 1 June.', '2026-05-31'],
    ['Thank you for your email. I am on leave, returning 26 May. In my absence please write to ap@werf.example.', '2026-05-25', 'ap@werf.example'],
    ['Out of office 18/05 - 22/05. Lisa Brown (l.brown@werf.example) is covering for me.', '2026-05-22', 'Lisa Brown', 'l.brown@werf.example'],
    ['I am currently on maternity leave. My colleague Emma Stone will handle your request.', undefined, 'Emma Stone'],
    ['Our offices are closed up to and including 25 May 2026.', '2026-05-25'],
    ['I am travelling this week and will reply after 22 May.', '2026-05-22'],
    ['I no longer work for Werf. Please direct your mail to finance@werf.example.', undefined, 'finance@werf.example'],
    ["I'm on holiday until further notice; call Peter Hill on +44 20 7946 0018.", undefined, 'Peter Hill', '+44 20 7946 0018'],
    ['I am out of the office today and will be back tomorrow.', '2026-05-18'],
    ['Our offices are closed from 24 December and reopen on 4 January.', '2027-01-03'],
    ['I am out of office and will not return until 27/05/2026.', '2026-05-26'],
    ['On PTO this week, back Monday.', '2026-05-24'],
    ['I will be out of the office on Thursday 21 and Friday 22 May.', '2026-05-22'],
    ['I am on leave between 11 May and 22 May. For payments: Ben Ode, b.ode@werf.example.', '2026-05-22', 'Ben Ode', 'b.ode@werf.example'],
    ['I work part time, Monday to Wednesday, and will answer when I am next in the office.', undefined],
    ["I'm out sick today.", '2026-05-18'],
  ],
  nl: [
    ['Ik ben afwezig tot en met vrijdag 29 mei. Bij spoed kunt u mailen met Tom Vos, t.vos@werf.example.', '2026-05-29', 'Tom Vos', 't.vos@werf.example'],
    ['Van 20 mei t/m 3 juni ben ik met vakantie en lees ik geen mail.', '2026-06-03'],
    ['Ik ben met verlof. Vanaf maandag 1 juni ben ik weer bereikbaar.', '2026-05-31'],
    ['Momenteel ben ik niet op kantoor. Op 26 mei ben ik er weer.', '2026-05-25'],
    ['Wegens bouwvak gesloten t/m 14 augustus 2026.', '2026-08-14'],
    ['Ik ben er niet tot 25 mei. Mijn collega Lisa de Bruin neemt waar: l.debruin@werf.example', '2026-05-25', 'Lisa de Bruin', 'l.debruin@werf.example'],
    ['Ik ben met zwangerschapsverlof. Uw mail kan naar crediteuren@werf.example.', undefined, 'crediteuren@werf.example'],
    ['Ik ben niet meer werkzaam bij Werf. Neem contact op met Karin Smit.', undefined, 'Karin Smit'],
    ['Ik werk niet op woensdag en vrijdag.', undefined],
    ['Ik ben er even niet en lees mijn mail pas weer op 25 mei.', '2026-05-24'],
    ['Morgen ben ik weer op kantoor. Vandaag ben ik afwezig.', '2026-05-18'],
    ['Ons kantoor is gesloten op vrijdag 15 mei. Maandag 18 mei staan wij weer voor u klaar.', '2026-05-17'],
    ['Voorlopig niet bereikbaar. Mirjam Kok neemt mijn taken over (m.kok@werf.example).', undefined, 'Mirjam Kok', 'm.kok@werf.example'],
  ],
  fr: [
    [
      "Je suis absent jusqu'au 29 mai inclus. En cas d'urgence, contactez Luc Martin : l.martin@mairie.example",
      '2026-05-29',
      'Luc Martin',
      'l.martin@mairie.example',
    ],
    ['Je suis en congés du 20 mai au 3 juin inclus.', '2026-06-03'],
    ['Absente du bureau, je serai de retour le lundi 1er juin.', '2026-05-31'],
    ['Actuellement en déplacement, je reprendrai mes fonctions le 26 mai.', '2026-05-25'],
    ['Nos bureaux sont fermés du 1er au 23 août 2026.', '2026-08-23'],
    [
      'En mon absence, merci de vous adresser à Claire Petit (c.petit@mairie.example). Je reviens le 25 mai.',
      '2026-05-24',
      'Claire Petit',
      'c.petit@mairie.example',
    ],
    ['Je suis en congé maternité. Ma collègue Anne Leroy me remplace.', undefined, 'Anne Leroy'],
    ["Je ne fais plus partie de l'entreprise. Veuillez écrire à compta@mairie.example.", undefined, 'compta@mairie.example'],
    ["Je suis absente jusqu'à vendredi.", '2026-05-22'],
    ["Je suis absente aujourd'hui. Votre interlocuteur est Marc Dubois : m.dubois@mairie.example.", '2026-05-18', 'Marc Dubois', 'm.dubois@mairie.example'],
  ],
  de: [
    [
      'Ich bin bis einschließlich 29.05.2026 nicht im Büro. In dringenden Fällen wenden Sie sich an Frau Lang, k.lang@ziegel.example.',
      '2026-05-29',
      'Lang',
      'k.lang@ziegel.example',
    ],
    ['Vom 20.05. bis 03.06. befinde ich mich im Urlaub.', '2026-06-03'],
    ['Ich bin ab dem 1. Juni wieder im Büro erreichbar.', '2026-05-31'],
    ['Ich bin derzeit abwesend und am 26.5. wieder für Sie da.', '2026-05-25'],
    ['Wir haben Betriebsferien bis zum 14. August 2026.', '2026-08-14'],
    ['Ich bin bis 25.05. außer Haus. Meine Vertretung ist Peter Braun (p.braun@ziegel.example).', '2026-05-25', 'Peter Braun', 'p.braun@ziegel.example'],
    ['Ich befinde mich in Elternzeit. Bitte wenden Sie sich an buchhaltung@ziegel.example.', undefined, 'buchhaltung@ziegel.example'],
    ['Frau Weber ist nicht mehr in unserem Unternehmen tätig. Ihre E-Mail wird nicht weitergeleitet. Kontakt: Max Huber.', undefined, 'Max Huber'],
    ['Ich kehre am Montag, den 8. Juni, an meinen Arbeitsplatz zurück.', '2026-06-07'],
    ['Urlaub vom 11.5.-24.5. Rückkehr am 25.5.', '2026-05-24'],
    ['Ich bin heute nicht im Büro. Bitte kontaktieren Sie Frau Becker. Morgen lese ich Ihre Mail.', '2026-05-18', 'Becker'],
  ],
  pl: [
    [
      'Jestem nieobecny do 29 maja włącznie. W pilnych sprawach proszę o kontakt: Jan Kowal, j.kowal@firma.example.',
      '2026-05-29',
      'Jan Kowal',
      'j.kowal@firma.example',
    ],
    ['Od 20 maja do 3 czerwca przebywam na urlopie.', '2026-06-03'],
    ['Przebywam na urlopie, wracam 1 czerwca.', '2026-05-31'],
    ['Jestem poza biurem. Będę dostępna od 26 maja.', '2026-05-25'],
    ['Biuro jest nieczynne do dnia 14.08.2026.', '2026-08-14'],
    ['Zastępuje mnie Ewa Nowak (e.nowak@firma.example). Wrócę do pracy 25.05.', '2026-05-24', 'Ewa Nowak', 'e.nowak@firma.example'],
    ['Nie pracuję już w firmie. Proszę pisać na adres ksiegowosc@firma.example.', undefined, 'ksiegowosc@firma.example'],
    ['W dniach 18-22 maja jestem na szkoleniu.', '2026-05-22'],
    ['Dziś mnie nie ma. Odpowiem jutro.', '2026-05-18'],
    ['Będę z powrotem we wtorek, 2 czerwca.', '2026-06-01'],
  ],
  es: [
    [
      'Estaré fuera de la oficina hasta el 29 de mayo inclusive. Para asuntos urgentes contacte con Ana Ruiz: a.ruiz@empresa.example',
      '2026-05-29',
      'Ana Ruiz',
      'a.ruiz@empresa.example',
    ],
    ['Estoy de vacaciones del 20 de mayo al 3 de junio.', '2026-06-03'],
    ['Estoy ausente; vuelvo el 1 de junio.', '2026-05-31'],
    ['Regresaré el lunes 25 de mayo. Ahora estoy de baja.', '2026-05-24'],
  ],
  it: [
    ['Sono assente fino al 29 maggio compreso. Per urgenze rivolgersi a Paolo Neri, p.neri@ditta.example.', '2026-05-29', 'Paolo Neri', 'p.neri@ditta.example'],
    ['Sono in ferie dal 20 maggio al 3 giugno.', '2026-06-03'],
    ['Sono fuori ufficio, rientro il 1° giugno.', '2026-05-31'],
    ['Sono assente oggi, risponderò domani.', '2026-05-18'],
    ['Sarò di nuovo in ufficio lunedì 25 maggio. Potete contattare Giulia Conti.', '2026-05-24', 'Giulia Conti'],
    ['I nostri uffici sono chiusi. Saremo di nuovo operativi dal 25 agosto 2026.', '2026-08-24'],
  ],
}

for (const [language, cases] of Object.entries(notices))
  test(`${language}: absence notices tell the last day away and who stands in`, () => {
    const told = cases.map(([text]) => {
      const facts = extractFacts(aMessage(text, { date: '2026-05-18', kind: 'auto_reply' }), aContext({ country: 'NL' }), language, [
        { intent: 'out_of_office', confidence: 0.97 },
      ])
      const values = (kind: string) => facts.filter(fact => fact.kind === kind && fact.confidence >= 0.5).map(({ value }) => value)
      return [text, values('return_date')[0], ...new Set(values('stand_in'))]
    })

    assert.deepEqual(
      told.map(([text, day, ...standIns]) => [text, day, new Set(standIns)]),
      cases.map(([text, day, ...standIns]) => [text, day, new Set(standIns)]),
    )
  })
