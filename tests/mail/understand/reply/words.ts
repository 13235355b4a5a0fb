/** What people write, in pieces per language: invented, and put together by `specimens.ts`. */
export type Words = {
  greeting: string
  /** Own words: the first promises, the second asks, the third disputes. */
  own: [string, string, string]
  /** An answer right under a quoted line. */
  inline: [string, string]
  closing: string
  name: string
  signature: string[]
  ps: string
  disclaimer: string[]
  banner: string
  footer: string
  mobile: string
  /** Our reminder, that must never be read as theirs. */
  reminder: [string, string, string, string]
}

export const languages = ['nl', 'fr', 'de', 'pl', 'en', 'es', 'it'] as const
export type Language = (typeof languages)[number]

export const words: Record<Language, Words> = {
  nl: {
    greeting: 'Beste Sanne,',
    own: [
      'Factuur 2026-0412 betalen wij op 4 december.',
      'Kunt u mij een kopie sturen van de factuur van september?',
      'De regel met transportkosten klopt niet; daar wachten we op een creditnota.',
    ],
    inline: ['Dat is niet juist, die is vorige week al overgemaakt.', 'Ja, graag in twee termijnen.'],
    closing: 'Met vriendelijke groet,',
    name: 'Jan Bakker',
    signature: ['Crediteurenadministratie', 'Bakker Bouw B.V.', 'Havenweg 12', '3011 AB Rotterdam', 'T +31 10 555 01 23', 'www.bakker.example'],
    ps: 'PS: de vracht van maandag is nog niet aangekomen.',
    disclaimer: [
      'De informatie verzonden met dit e-mailbericht is uitsluitend bestemd voor de geadresseerde.',
      'Indien u niet de beoogde ontvanger bent, verzoeken wij u de afzender te waarschuwen en het bericht te vernietigen. Het is vertrouwelijk.',
    ],
    banner: '[EXTERN] Deze e-mail is afkomstig van buiten de organisatie. Klik niet op links en open geen bijlagen tenzij u de afzender herkent.',
    footer: 'Denk aan het milieu voordat u deze e-mail afdrukt.',
    mobile: 'Verstuurd vanaf mijn iPhone',
    reminder: [
      'Volgens onze administratie staat factuur 2026-0398 van EUR 1.250,00 nog open.',
      'Wij betalen u het bedrag terug zodra wij dubbel ontvangen.',
      'Wilt u het bedrag voor vrijdag 27 november overmaken?',
      'Bent u het niet eens met de factuur, laat het ons dan weten.',
    ],
  },
  fr: {
    greeting: 'Bonjour Sanne,',
    own: [
      'La facture 2026-0412 sera réglée le 4 décembre.',
      'Pourriez-vous m’envoyer une copie de la facture de septembre ?',
      'La ligne des frais de transport est fausse ; nous attendons un avoir.',
    ],
    inline: ['Ce n’est pas exact, le virement est parti la semaine dernière.', 'Oui, en deux fois si possible.'],
    closing: 'Cordialement,',
    name: 'Claire Martin',
    signature: ['Service comptabilité', 'Menuiserie Martin SARL', '12 rue du Port', '69002 Lyon', 'Tél. : +33 4 55 50 12 34', 'www.martin.example'],
    ps: 'PS : le camion de lundi n’est toujours pas arrivé.',
    disclaimer: [
      'Ce message et ses pièces jointes sont confidentiels et destinés exclusivement à leur destinataire.',
      'Si vous l’avez reçu par erreur, merci d’avertir l’expéditeur et de le détruire.',
    ],
    banner: '[EXTERNE] Ce courriel provient de l’extérieur de l’organisation. Ne cliquez pas sur les liens sauf si vous reconnaissez l’expéditeur.',
    footer: 'Pensez à l’environnement avant d’imprimer ce courriel.',
    mobile: 'Envoyé de mon iPhone',
    reminder: [
      'Sauf erreur de notre part, la facture 2026-0398 de 1 250,00 EUR reste impayée.',
      'Nous vous rembourserons toute somme payée deux fois.',
      'Merci de régler ce montant avant le vendredi 27 novembre.',
      'Si vous contestez la facture, dites-le-nous.',
    ],
  },
  de: {
    greeting: 'Guten Tag Frau Visser,',
    own: [
      'Rechnung 2026-0412 überweisen wir am 4. Dezember.',
      'Könnten Sie mir eine Kopie der Rechnung vom September senden?',
      'Die Position Fracht stimmt nicht; wir warten auf eine Gutschrift.',
    ],
    inline: ['Das stimmt nicht, der Betrag ging letzte Woche raus.', 'Ja, gern in zwei Raten.'],
    closing: 'Mit freundlichen Grüßen',
    name: 'Heike Keller',
    signature: ['Buchhaltung', 'Stahlbau Keller GmbH', 'Hafenstraße 12', '20457 Hamburg', 'Tel.: +49 40 5550123', 'Amtsgericht Hamburg HRB 55501'],
    ps: 'P.S. Die Lieferung vom Montag ist noch nicht angekommen.',
    disclaimer: [
      'Diese E-Mail enthält vertrauliche und rechtlich geschützte Informationen.',
      'Wenn Sie nicht der richtige Adressat sind oder diese E-Mail irrtümlich erhalten haben, informieren Sie bitte den Absender und vernichten Sie diese Mail.',
    ],
    banner: 'ACHTUNG: Diese E-Mail stammt von außerhalb der Organisation. Klicken Sie keine Links an, wenn Sie den Absender nicht kennen.',
    footer: 'Bitte denken Sie an die Umwelt, bevor Sie diese E-Mail ausdrucken.',
    mobile: 'Von meinem iPhone gesendet',
    reminder: [
      'Laut unseren Unterlagen ist die Rechnung 2026-0398 über 1.250,00 EUR noch offen.',
      'Doppelt gezahlte Beträge überweisen wir Ihnen zurück.',
      'Bitte überweisen Sie den Betrag bis Freitag, den 27. November.',
      'Wenn Sie der Rechnung widersprechen, melden Sie sich bei uns.',
    ],
  },
  pl: {
    greeting: 'Dzień dobry,',
    own: [
      'Fakturę 2026-0412 zapłacimy 4 grudnia.',
      'Czy mogą Państwo przesłać kopię faktury z września?',
      'Pozycja za transport jest błędna; czekamy na korektę.',
    ],
    inline: ['To nie tak, przelew wyszedł w zeszłym tygodniu.', 'Tak, poproszę w dwóch ratach.'],
    closing: 'Z poważaniem',
    name: 'Anna Nowak',
    signature: ['Dział księgowości', 'Nowak Stolarnia Sp. z o.o.', 'ul. Portowa 12', '80-001 Gdańsk', 'tel. +48 58 555 01 23', 'NIP 5555555555'],
    ps: 'PS. Poniedziałkowa dostawa jeszcze nie dotarła.',
    disclaimer: [
      'Niniejsza wiadomość jest poufna i przeznaczona wyłącznie dla adresata.',
      'Jeżeli otrzymali ją Państwo omyłkowo, prosimy o powiadomienie nadawcy i usunięcie wiadomości.',
    ],
    banner: '[ZEWNĘTRZNY] Ta wiadomość pochodzi spoza organizacji. Nie klikaj w linki, jeśli nie znasz nadawcy.',
    footer: 'Pomyśl o środowisku, zanim wydrukujesz tę wiadomość.',
    mobile: 'Wysłane z iPhone’a',
    reminder: [
      'Według naszych danych faktura 2026-0398 na kwotę 1 250,00 EUR jest nieopłacona.',
      'Podwójnie zapłacone kwoty zwracamy na Państwa konto.',
      'Prosimy o wpłatę do piątku 27 listopada.',
      'Jeśli kwestionują Państwo fakturę, prosimy o wiadomość.',
    ],
  },
  en: {
    greeting: 'Hi Sanne,',
    own: [
      'We will pay invoice 2026-0412 on 4 December.',
      'Could you send me a copy of the September invoice?',
      'The freight line is wrong; we are waiting for a credit note.',
    ],
    inline: ['Not right, that one left our bank last week.', 'Yes, in two instalments please.'],
    closing: 'Kind regards,',
    name: 'Tom Hughes',
    signature: ['Accounts Payable', 'Hughes Joinery Ltd', '12 Harbour Road', 'Bristol BS1 4XX', 'T: +44 117 555 0123', 'www.hughes.example'],
    ps: 'PS: Monday’s delivery has not arrived yet.',
    disclaimer: [
      'This email and any attachments are confidential and intended solely for the addressee.',
      'If you are not the intended recipient, please notify the sender and delete it.',
    ],
    banner: 'CAUTION: This email originated from outside of the organisation. Do not click links unless you recognise the sender.',
    footer: 'Please consider the environment before printing this email.',
    mobile: 'Sent from my iPhone',
    reminder: [
      'According to our records invoice 2026-0398 of EUR 1,250.00 is still open.',
      'We will pay back whatever you pay twice.',
      'Please transfer the amount before Friday 27 November.',
      'If you dispute the invoice, let us know.',
    ],
  },
  es: {
    greeting: 'Buenos días:',
    own: [
      'La factura 2026-0412 la pagaremos el 4 de diciembre.',
      '¿Podría enviarme una copia de la factura de septiembre?',
      'La línea de transporte no es correcta; esperamos un abono.',
    ],
    inline: ['No es correcto, la transferencia salió la semana pasada.', 'Sí, en dos plazos, por favor.'],
    closing: 'Un cordial saludo,',
    name: 'Javier García',
    signature: ['Departamento de contabilidad', 'García Muebles S.L.', 'Calle del Puerto 12', '46024 Valencia', 'Tel. +34 965 550 123', 'www.garcia.example'],
    ps: 'P.D.: la entrega del lunes todavía no ha llegado.',
    disclaimer: [
      'Este mensaje es confidencial y va dirigido exclusivamente a su destinatario.',
      'Si lo ha recibido por error, le rogamos que lo comunique al remitente y lo elimine.',
    ],
    banner: '[EXTERNO] Este correo procede de fuera de la organización. No haga clic en enlaces si no reconoce al remitente.',
    footer: 'Antes de imprimir este correo, piense en el medio ambiente.',
    mobile: 'Enviado desde mi iPhone',
    reminder: [
      'Según nuestros registros, la factura 2026-0398 de 1.250,00 EUR sigue pendiente.',
      'Le devolveremos lo que haya pagado dos veces.',
      'Le rogamos que abone el importe antes del viernes 27 de noviembre.',
      'Si no está de acuerdo con la factura, díganoslo.',
    ],
  },
  it: {
    greeting: 'Buongiorno,',
    own: [
      'La fattura 2026-0412 sarà pagata il 4 dicembre.',
      'Potrebbe inviarmi una copia della fattura di settembre?',
      'La riga del trasporto è errata; attendiamo una nota di credito.',
    ],
    inline: ['Non è esatto, il bonifico è partito la settimana scorsa.', 'Sì, in due rate, grazie.'],
    closing: 'Cordiali saluti,',
    name: 'Marco Rossi',
    signature: ['Ufficio contabilità', 'Rossi Mobili S.r.l.', 'Via del Porto 12', '16121 Genova', 'Tel. +39 010 555 0123', 'P.IVA 05555550555'],
    ps: 'P.S. La consegna di lunedì non è ancora arrivata.',
    disclaimer: [
      'Questo messaggio è riservato ed è destinato esclusivamente al destinatario.',
      'Se lo avete ricevuto per errore, vi preghiamo di avvisare il mittente e di distruggerlo.',
    ],
    banner: '[ESTERNO] Questa e-mail proviene dall’esterno dell’organizzazione. Non fare clic su link se non si riconosce il mittente.',
    footer: 'Prima di stampare questa e-mail, pensa all’ambiente.',
    mobile: 'Inviato da iPhone',
    reminder: [
      'Dai nostri registri la fattura 2026-0398 di 1.250,00 EUR risulta ancora aperta.',
      'Le restituiremo quanto pagato due volte.',
      'La preghiamo di versare l’importo entro venerdì 27 novembre.',
      'Se contesta la fattura, ce lo faccia sapere.',
    ],
  },
}
