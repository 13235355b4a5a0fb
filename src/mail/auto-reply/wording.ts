// All texts are compared in lower case.

/** Subjects that only absence rules write; a person's "Re:" before one makes it that person's mail. */
const certain =
  /^(automatic reply|auto(matic)?[ -]?(reply|response|responder)|autoreply|out of (the )?office( (auto[ -]?)?reply|:| autoreply)|automatisch antwoord|automatische (afwezigheids)?(antwoord|melding|reply)|afwezigheids(bericht|melding|assistent)|niet aanwezig:|réponse automatique|reponse automatique|message d['’]absence|notification d['’]absence|avis d['’]absence|absence du bureau|automatische (antwort|abwesenheits\w+)|abwesenheits(notiz|nachricht|meldung|info\w*|agent)|abwesend:|automatyczna odpowied[źz]|odpowied[źz] automatyczna|autoodpowied[źz]|poza biurem|nieobecno[śs][ćc]:|respuesta automática|respuesta automatica|fuera de (la )?oficina|mensaje de ausencia|risposta automatica|fuori (ufficio|sede)|messaggio di assenza|ooo:|\[auto-?reply\]|auto:)/
const absent =
  /^(((re|aw|sv|odp|rif|tr|antw|betr)\s?:\s*)*)(out of (the )?office|ooo\b|on (annual leave|holiday|leave|vacation)|away from|afwezig|met (vakantie|verlof)|vakantie|niet (aanwezig|op kantoor)|absent|absence|en (congé|vacances)|congés|abwesen|im urlaub|urlaub|nicht im (büro|haus)|nieobecn|urlop|ausencia|ausente|vacaciones|assen[tz]|in ferie|ferie|maternity|zwangerschapsverlof|mutterschutz)/

export const isCertainSubject = (subject: string): boolean => certain.test(subject.slice(0, 100))
export const isAbsenceSubject = (subject: string): boolean => isCertainSubject(subject) || absent.test(subject.slice(0, 100))

const absenceText = new RegExp(
  [
    // en
    "\\b(i am|i'm|i’m|i will be|i'll be|we are|our office is) (currently )?(out of (the )?office|away|on (annual |parental |maternity |sick )?(leave|holiday|vacation)|closed|not (in the office|available))",
    'limited access to (my )?e-?mail|no longer (work|with|employed)|(will|shall) (be back|return) (on|in)|upon my return',
    // nl
    '(ik ben|ben ik|wij zijn|ons kantoor is) .{0,40}(afwezig|niet (aanwezig|bereikbaar|op kantoor)|met (vakantie|verlof)|gesloten|vrij\\b)|wegens (vakantie|verlof|ziekte)|niet meer werkzaam|tijdens mijn afwezigheid|ben ik weer (bereikbaar|aanwezig|op kantoor)',
    // fr
    '(je suis|je serai|nous sommes|actuellement) .{0,40}(absente?|en (congés?|vacances)|fermés?)|de retour le|mon absence|absent(e)? (du|jusqu)|ne fais plus partie|congé (de )?maternité',
    // de
    '(ich bin|bin ich|wir sind|unser büro ist) .{0,60}(abwesend|nicht (im (büro|haus)|erreichbar|am arbeitsplatz)|im urlaub|geschlossen|außer haus)|nicht mehr (im unternehmen|bei der|für)|meiner abwesenheit|wieder (erreichbar|im büro|für sie da)|werden nicht weitergeleitet',
    // pl
    '(jestem|będę|przebywam|biuro jest) .{0,40}(nieobecn|na urlopie|poza biurem|nieczynne|zamkni[ęe]te)|nieobecno[śs]ci|wracam|wrócę|nie pracuj[ęe] już',
    // es, it
    '(estoy|estaré|estamos|me encuentro) .{0,40}(ausente|fuera de|de vacaciones)|mi ausencia|de baja|vuelvo el',
    '(sono|sarò|siamo) .{0,40}(assente|fuori (ufficio|sede)|in ferie|chiusi)|mia assenza|al mio rientro|rientrerò',
  ].join('|'),
)
export const hasAbsenceText = (text: string): boolean => absenceText.test(text)

const receiptSubject =
  /(ticket|case|zaak|melding|vorgang|anfrage|demande|dossier|zgłoszeni\w+|solicitud|richiesta|request)[\s\w:.]{0,20}[#[(]\s?[\w-]*\d{3,}|^\[?(ticket|case|request|sr)[ #:-]*\d{3,}|request received|ontvangstbevestiging|bevestiging (van )?ontvangst|we hebben (je|uw) (bericht|e-?mail|vraag)|accusé de réception|confirmation de réception|eingangsbestätigung|empfangsbestätigung|ihre (anfrage|nachricht)|potwierdzenie (otrzymania|przyjęcia|odbioru)|acuse de recibo|conferma di ricezione|we('ve| have)? received your|thank you for (contacting|your (e-?mail|message|request))/
const receiptText =
  /(we|i) (have |'ve )?(received|got) your (e-?mail|message|request|enquiry|inquiry)|your (request|ticket|case|message|e-?mail) .{0,40}(has been|was|is) (received|created|registered|assigned)|(hebben|is) (je|uw) (e-?mail|bericht|vraag|aanvraag)\w* .{0,60}ontvangen|(uw|je) (e-?mail|bericht|vraag|melding) .{0,60}(ontvangen|in behandeling|geregistreerd)|(avons|ai) bien reçu votre|votre (message|demande|e-?mail|courriel) .{0,40}(a|à) (bien )?été (reçu|enregistré|pris)|(haben|habe) ihre (e-?mail|anfrage|nachricht|mail) .{0,60}(erhalten|bekommen|eingegangen)|ihre (e-?mail|anfrage|nachricht|mail) (ist|wurde) .{0,60}(eingegangen|registriert|erhalten)|(otrzymaliśmy|otrzymałem|otrzymaliśmy już) (państwa|twoj|pana|pani)|(państwa|twoje) (zgłoszenie|wiadomość) .{0,60}(otrzymane|otrzymana|przyjęte|zarejestrowan)|hemos recibido (su|tu)|abbiamo ricevuto (la (sua|tua|vostra)|il)|do not reply to this (automatic|automated)|this is an automat(ed|ic) (reply|response|message|answer|confirmation)|dit is een (automatisch|automatische) (gegenereerd )?(antwoord|bericht|bevestiging|ontvangstbevestiging)|ceci est (un message|une réponse) automatique|dies ist eine automatische|to jest (wiadomość|odpowied[źz]) (wygenerowana )?automatyczn/

export const isReceiptSubject = (subject: string): boolean => receiptSubject.test(subject.slice(0, 200))
export const hasReceiptText = (text: string): boolean => receiptText.test(text)

const remittance =
  /(remittance( advice)?|payment advice|payment (notification|notice|specification)|betaal(specificatie|advies|bericht)|betalings(specificatie|advies)|avis de (paiement|virement|règlement)|zahlungs(avis|ankündigung|avise)|überweisungsavis|avis(o|o de)? (de )?(pago|transferencia)|awizo (płatności|przelewu)|zawiadomienie o płatności|avviso di (pagamento|bonifico))/

/** Whether a mail announces a payment run by its subject, or in its first words. */
export const isRemittance = (subject: string, text: string): boolean => remittance.test(subject.slice(0, 200)) || remittance.test(text.slice(0, 300))
