// All texts are compared in lower case, with single spaces.

/** Subjects that only absence rules write; a person's "Re:" before one makes it that person's mail. */
const certain =
  /^(automatic reply|auto(matic)?[ -]?(reply|response|responder)|autoreply|out of (the )?office( (auto[ -]?)?reply|:| autoreply)|automatisch antwoord|automatische (afwezigheids)?(antwoord|melding|reply)|afwezigheids(bericht|melding|assistent)|niet aanwezig:|réponse automatique|reponse automatique|message d['’]absence|notification d['’]absence|avis d['’]absence|absence du bureau|automatische (antwort|abwesenheits\w+)|abwesenheits(notiz|nachricht|meldung|info\w*|agent)|abwesend:|automatyczna odpowied[źz]|odpowied[źz] automatyczna|autoodpowied[źz]|poza biurem|nieobecno[śs][ćc]:|respuesta automática|respuesta automatica|fuera de (la )?oficina|mensaje de ausencia|risposta automatica|fuori (ufficio|sede)|messaggio di assenza|ooo:|\[auto-?reply\]|auto:|(niet (op kantoor|bereikbaar)|afwezig|uit dienst|absente?|abwesend|ausente|assente|nieobecn[aey]|away( from (my )?(mail|office|desk))?) ?:)|[[(](auto(matic)?[ -]?(reply|response)|automatisch(e)? (antwoord|bericht)|réponse automatique|automatische antwort|odpowied[źz] automatyczna|respuesta automática|risposta automatica)[\])]/
const absent =
  /^(((re|aw|sv|odp|rif|tr|antw|betr)\s?:\s*)*)(out of (the )?office|ooo\b|on (annual leave|holiday|leave|vacation)|away from|afwezig|met (vakantie|verlof)|vakantie|niet (aanwezig|op kantoor)|absent|absence|en (congé|vacances)|congés|abwesen|im urlaub|urlaub|nicht im (büro|haus)|nieobecn|urlop|ausencia|ausente|vacaciones|assen[tz]|in ferie|ferie|maternity|zwangerschapsverlof|mutterschutz)/

export const isCertainSubject = (subject: string): boolean => certain.test(subject.slice(0, 100))
export const isAbsenceSubject = (subject: string): boolean => isCertainSubject(subject) || absent.test(subject.slice(0, 100))

const absenceText = new RegExp(
  [
    // en
    "\\b(i am|i'm|i’m|i will be|i'll be|we are|our offices? (is|are|will be)|the office (is|will be)) (currently |now )?(out of (the )?office|away|travel?ling|abroad|unavailable|out until|on (annual |parental |maternity |paternity |sick )?(leave|holiday|vacation)|closed|not (in the office|available))",
    'limited access to (my )?e-?mail|no access to (my )?e-?mail|no longer (works?|with|employed|an employee)|left (the|our) (company|organi[sz]ation|firm)|(will|shall) (be back|return|re-?open) (on|in|when|after)|\\bi (will|shall) (respond|reply) (on|when|after)|(on|upon) my return|(do not|don.t) work on|covering for me|in my absence',
    // nl
    '(ik ben|ben ik|wij zijn|we zijn|zijn wij|ons kantoor is|het kantoor is|momenteel) .{0,40}(afwezig|niet (aanwezig|bereikbaar|beschikbaar|op kantoor)|(met|op) (\\S{1,20}verlof|vakantie|verlof)|gesloten|vrij\\b|terug op)|\\bik ben er (even |weer )?niet\\b|ben ik er (weer|niet)|wegens (vakantie|verlof|ziekte|bouwvak|feestdagen)|niet (meer|langer) (werkzaam|in dienst)|uit dienst|tijdens mijn afwezigheid|ben ik weer (bereikbaar|aanwezig|op kantoor|terug)|geniet .{0,30}vakantie|werk ik niet|geen toegang tot mijn (e-?)?mail|neemt .{0,20}waar',
    // fr
    '(je suis|je serai|nous sommes|nous serons|actuellement|momentanément) .{0,40}(absente?s?|en (congés?|vacances|déplacement)|fermés?|indisponible|de retour)|(société|entreprise|bureau|bureaux|cabinet|établissement) .{0,30}(est|sont|sera|seront) fermée?s?|de retour (le|au bureau|à partir)|(mon|son) absence|absent(e)? (du|jusqu)|ne fais plus partie|quitté (l.entreprise|la société|notre)|congé (de )?maternité|congés annuels|(consulterai|lirai|répondrai) .{0,40}(retour|que le|à partir)',
    // de
    '(ich bin|bin ich|wir sind|unser büro ist|ich befinde mich|befinde ich mich|wir befinden uns) .{0,60}(abwesend|nicht (im (büro|haus(e)?)|erreichbar|am (arbeits)?platz)|urlaub|elternzeit|mutterschutz|geschlossen|außer haus|betriebsferien)|betriebs(ferien|urlaub)|keinen zugriff auf meine|nicht mehr (im unternehmen|bei der|bei uns|für uns|für)|aus (unserem|dem) unternehmen ausgeschieden|ausgeschieden|meiner abwesenheit|(wieder|bin ich) .{0,20}(erreichbar|im büro|für sie da)|meine vertretung|werden? nicht weitergeleitet|nach meiner rückkehr',
    // pl
    '(jestem|będę|przebywam|biuro jest|firma jest) .{0,40}(nieobecn|niedostępn|na urlopie|na zwolnieniu|poza biurem|nieczynn|zamkni[ęe]t)|przebywam na|nieobecno[śs]ci|wracam|wrócę|po (moim )?powrocie|nie pracuj[ęe]( już)?\\b|nie jest już (naszym )?(pracownikiem|zatrudnion)',
    // es, it
    '(estoy|estaré|estamos|me encuentro|nos encontramos) .{0,40}(ausente|fuera de|de vacaciones|de baja)|(oficina|oficinas|empresa) .{0,40}cerrad|mi ausencia|de baja|(vuelvo|volveré|regresaré|regreso) el|ya no trabaja',
    '(sono|sarò|siamo|saremo) .{0,40}(assente|fuori (ufficio|sede)|in (ferie|vacanza)|chiusi)|(uffici|ufficio|azienda) .{0,40}chius[ioa]|mia assenza|al mio (rientro|ritorno)|rientrerò|non lavora più',
  ].join('|'),
)
export const hasAbsenceText = (text: string): boolean => absenceText.test(text)

/** What says it only in a mail that its headers call an answer: newsletters speak of holidays, too. */
const answered =
  /\b(on pto|attending an?|back (on|at|from)?\b|(have|has) left|(out|off) sick|(is|are|will be) closed|no longer)\b|\b(ik ben|ben ik|vandaag|deze week) .{0,40}(niet|op (cursus|reis|training|zakenreis)|met pensioen|ziek|terug)\b|werk(t)? niet\b|terug van vakantie|opvolger|arrêt maladie|mon retour|ne travaille p|quitté|\burlaub\b|\bkrank\b|erkrankt|rückkehr|dienstreise|(eingeschränkt|nicht|wieder) (erreichbar|besetzt)|arbeitet nicht mehr|mnie nie ma|nie ma mnie|nieczynn|zamknięt|nie jestem|z powrotem|\burlop|zwolnieni|ya no trabaj|de vuelta|no estoy|non lavoro più|di nuovo in|tornerò/
export const mayTellOfAbsence = (text: string): boolean => answered.test(text)

/** Hours that are the same every week: a sentence with one in a receipt tells of no absence. */
const hours =
  /[^.!?]*\b(week-?ends?|wochenenden?|weekendy|weekendu|fin de semana|fine settimana|business hours|kantooruren|öffnungszeiten|werkdagen|working days|business days)\b[^.!?]*/g
export const withoutHours = (text: string): string => text.replaceAll(hours, ' ')

const receiptSubject =
  /^\W{0,3}#\d{3,}\W|(bevestiging|confirmation|bestätigung)[:\s].{0,40}(ontvangen|received|reçu|erhalten)|(hebben|is) .{0,40}ontvangen$|(ticket|case|zaak|melding|vorgang|anfrage|demande|dossier|zgłoszeni\w+|solicitud|richiesta|request)[\s\w:.]{0,20}[#[(]\s?[\w-]*\d{3,}|^\[?(ticket|case|request|sr)[ #:-]*\d{3,}|request received|ontvangstbevestiging|bevestiging (van )?ontvangst|we hebben (je|uw) (bericht|e-?mail|vraag)|accusé de réception|confirmation de réception|eingangsbestätigung|empfangsbestätigung|ihre (anfrage|nachricht)|potwierdzenie (otrzymania|przyjęcia|odbioru)|acuse de recibo|conferma di ricezione|we('ve| have)? received your|thank you for (contacting|your (e-?mail|message|request))/
const receiptText =
  /(hebben|is) (je|uw|jouw) factu\w+ .{0,60}ontvangen|(je|jouw|uw) (e-?)?(mail|bericht|factuur) is .{0,30}(ontvangen|aangekomen|binnengekomen)|bedankt voor (je|uw) (e-?mail|bericht)|(we|wij) (reageren|antwoorden|streven ernaar)|(thank you|thanks) for (your (e-?mail|message|enquiry|inquiry)|contacting)|(get back|respond|reply) to you (within|as soon)|accusons réception|merci (pour|de) votre (message|courriel|e-?mail)|(vielen )?dank für ihre (e-?mail|nachricht|anfrage|mail)|dziękujemy za (wiadomość|kontakt)|gracias por (su|tu|contactar)|grazie per (il (suo|tuo|vostro)|averci)|ihre rechnung .{0,60}(eingegangen|erhalten)|(fattura|richiesta|mail) è stata (ricevuta|registrata)|(we|i) (have |'ve )?(received|got) your (e-?mail|message|request|enquiry|inquiry)|your (request|ticket|case|message|e-?mail) .{0,40}(has been|was|is) (received|created|registered|assigned)|(hebben|is) (je|uw) (e-?mail|bericht|vraag|aanvraag)\w* .{0,60}ontvangen|(uw|je) (e-?mail|bericht|vraag|melding) .{0,60}(ontvangen|in behandeling|geregistreerd)|(avons|ai) bien reçu votre|votre (message|demande|e-?mail|courriel) .{0,40}(a|à) (bien )?été (reçu|enregistré|pris)|(haben|habe) ihre (e-?mail|anfrage|nachricht|mail) .{0,60}(erhalten|bekommen|eingegangen)|ihre (e-?mail|anfrage|nachricht|mail) (ist|wurde) .{0,60}(eingegangen|registriert|erhalten)|(otrzymaliśmy|otrzymałem|otrzymaliśmy już) (państwa|twoj|pana|pani)|(państwa|twoje) (zgłoszenie|wiadomość) .{0,60}(otrzymane|otrzymana|przyjęte|zarejestrowan)|hemos recibido (su|tu)|abbiamo ricevuto (la (sua|tua|vostra)|il)|do not reply to this (automatic|automated)|this is an automat(ed|ic) (reply|response|message|answer|confirmation)|dit is een (automatisch|automatische) (gegenereerd )?(antwoord|bericht|bevestiging|ontvangstbevestiging)|ceci est (un message|une réponse) automatique|dies ist eine automatische|to jest (wiadomość|odpowied[źz]) (wygenerowana )?automatyczn/

/** Ticket systems put their headers on the answers of their agents, too, who then speak of the matter itself. */
const matter =
  /betaal|betal(en|ing)|overgemaakt|overmak|credit ?not|klopt niet|bestelnummer|\bpay(ing|ment)?\b|\bpaid\b|dispute|purchase order|\bpo[ -]n|zahl(en|ung)|bezahl|überw(ei|ie)s|gutschrift|\bpay(er|é|ée|erons)\b|règle(ment|r)|virement|\bavoir\b|zapłac|przelew|płatno|korekt|\bpag(o|ar|ad|at|her|am)|transferencia|bonific|nota di credito/
export const speaksOfTheMatter = (text: string): boolean => matter.test(text.slice(0, 1500))

export const isReceiptSubject = (subject: string): boolean => receiptSubject.test(subject.slice(0, 200))
export const hasReceiptText = (text: string): boolean => receiptText.test(text)

/** Says of itself that no person wrote it. */
const automatic =
  /(this is an|an) (automat(ed|ic)|auto) ?-?(generated )?(reply|response|answer|message|e-?mail)|dit (is een )?(automatisch|automatische) (gegenereerd )?(antwoord|bericht|e-?mail|mail)|(ceci est )?(un message|une réponse) automatique|(dies ist eine |diese (e-?mail|nachricht) wurde )automatisch\w* (generiert|erzeugt|erstellt|antwort|nachricht)|wiadomo[śs][ćc] (wygenerowana )?automatyczn|(este es un )?(mensaje|respuesta) automátic|(questo è un )?(messaggio|risposta) automatic/
export const saysItIsAutomatic = (text: string): boolean => automatic.test(text.slice(0, 1000))

const remittance =
  /(remittance( advice)?|payment advice|payment run|scheduled for payment|payment (notification|notice|specification)|betaal(specificatie|advies|bericht)|betalings(specificatie|advies)|avis de (paiement|virement|règlement)|zahlungs(avis|ankündigung|avise)|überweisungsavis|avis(o|o de)? (de )?(pago|transferencia)|awizo (płatności|przelewu)|zawiadomienie o płatności|avviso di (pagamento|bonifico))/

const paid =
  /(details|specification|overview) of (our|the) (payment|transfer)|payment .{0,60}(has been|was) (made|executed|transferred)|(hebben|is) .{0,80}(overgemaakt|betaald)|(détail|avis) de (notre|votre|ce) (virement|paiement|règlement)|(haben|wurde|wurden) .{0,80}überwiesen|(przelali|zapłacili)śmy|hemos (transferido|pagado)|abbiamo (bonificato|pagato)/
const refused =
  /(invoice|factu(ur|re|ra)|rechnung|faktur\w+|fattura|credit note)\b.{0,80}(rejected|declined|on hold|could not be (processed|posted|approved)|cannot be (processed|paid)|returned|afgekeurd|geweigerd|niet .{0,20}verwerk\w+|geblokkeerd|rejetée|refusée|bloquée|abgelehnt|zurückgewiesen|nicht .{0,30}(verarbeitet|gebucht)|odrzucon|rechazada|rifiutata|respinta|scartata)/

/** Whether a mail announces a payment run, or turns down an invoice, by its subject or in its first words. */
export const isBusiness = (subject: string, text: string): boolean => {
  const [title, first] = [subject.slice(0, 200), text.slice(0, 400)]
  return [title, first].some(words => remittance.test(words) || refused.test(words)) || paid.test(first)
}
