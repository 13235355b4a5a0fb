/** Subjects of mail systems, by language. */
const subjects = [
  /undeliver(ed|able)|delivery (status notification|notification|failure|failed|has failed|delayed|incomplete|report|problem)|deliver(y|ing)? .{0,20}(failed|failure|delayed)|(mail|message|e-?mail)( delivery)?\b.{0,12} (failed|failure|problem|system|delayed|rejected|blocked)|(failed|rejected) (mail|message)|failure notice|returned (mail|message|to sender)|error sending|(warning|message) .{0,40}delayed|(mail|message|e-?mail) .{0,60}(could not|couldn['’]t|cannot|can['’]t|not|was) (be |been )?(sent|delivered|rejected|blocked|returned)|could not send message|message status - undeliverable|non[- ]?delivery|see transcript|delayed (mail|message)|no such user|user unknown|unknown user|recipient unknown|unsolicited bulk e-?mail|(mail|message) (refused|denied)|not deliver(ed|able)|blocked by|\bndn:|\bndr\b|rejected:|\bbounced?\b/i,
  /onbestelbaar|leveringsstatus|levering .{0,30}(mislukt|vertraag)|onbezorgbaar|niet (te )?(bezorg|afgelever|afleverbaar|verzonden)|(bezorg|aflever)\w* .{0,40}(mislukt|vertraag|niet)|(bericht|e-?mail) .{0,40}(teruggestuurd|geweigerd|geretourneerd)/i,
  /état de (la )?remise|non[- ](remis|distribu|délivr)|(échec|echec|erreur) .{0,20}(remise|distribution|livraison|envoi)|(remise|distribution) .{0,30}(retard|différ|échou|impossible)|pas (pu )?([eê]tre |[eé]té )?(remis|d[eé]livr|distribu|achemin)|message (refusé|rejeté|retourné)/i,
  /unzustellbar|(zustell|übermittlungs)status|(zustellung|zustellbericht|zustellfehler)|(nicht|unmöglich) .{0,20}(zustell|zugestellt|ausgeliefert)|nachricht .{0,30}(abgelehnt|zurückgewiesen)/i,
  /stanie? (dostarcz|doręcz)|nie(dostarcz|doręcz)|nie (można|udało się|został\w*) .{0,20}(dostarcz|doręcz|wysł)|zwrot/i,
  /estado de (la )?entrega|no (se )?(puede|pudo|ha podido|ha sido|fue)? ?(entreg|enviar)|devuelto|error .{0,20}(entrega|envío)|(entrega|envío) .{0,20}(fallid|retras)/i,
  /stato de(l|lla) (recapito|consegna)|impossibile (recapitare|consegnare)|mancat[ao] (recapito|consegna)|non (recapita|consegna)|(recapito|consegna|invio) .{0,20}(fallit|non riuscit|ritard)/i,
  /n[ãa]o .{0,20}entreg|falha (na|de) entrega|devolvid[ao]|недостав|не доставлен|не (может|могло) быть доставлен|возвра[тщ]|(配[信送]|送信).{0,6}(エラー|不能|失敗|でき)|未達|不達|退信|投递失败|无法投递|系统退/i,
]

export const isBounceSubject = (text: string): boolean => subjects.some(words => words.test(text.slice(0, 200)))

/** What servers say of a failure or a delay; families of wording rather than single servers' samples. Spaces are single. */
const failure = [
  /(could|can|was|has|have|is|were) ?not (be|been|yet been|yet) (delivered|sent|reached|relayed|processed by the mail)|(couldn|wasn|hasn|haven|isn|weren)['’]t (be |been )?(delivered|reached|found at)|cannot (be )?deliver|not deliver(ed|able)\b|(could|did|can) ?not (deliver|reach)|(was|am|were)(n['’]t| not) able to deliver|unable to deliver/i,
  /(delivery|mail) (to the following|to these|has) .{0,40}(fail|delay)|deliver(y|ing)? .{0,80}(failed|delayed|problems)|failed (permanently|to deliver|recipient)|undeliver(able|ed)|permanent (fatal )?error|transient non-fatal|fatal errors|transcript of session follows|delivery errors|failure reasons|this is the qmail-send program/i,
  /(message|mail|e-?mail|recipient|address|sender) .{0,80}(was|has been|is|were|been) (rejected|blocked|refused|bounced|returned|not accepted|discarded)|(message|address|recipient) (rejected|refused)|rejected (by|as|due|because)/i,
  /(user|recipient|account|mailbox|address|domain|host) .{0,30}(unknown|not (found|known|recogni[sz]ed|exist)|unavailable|disabled|inactive|closed|suspended|discontinued|does(n['’]t| not) exist|is full|\bfull\b|exceed)|\bno user\b|(unknown|invalid|unrecogni[sz]ed|illegal|no such|bad|couldn['’]t find any) .{0,20}(user|recipient|person|mailbox|address|account|host|receiver|delivery)|not listed in|does not exist|over ?quota|quota exceeded|name (is|was) not (recognized|found)|relay(ing)? (denied|not permitted|access)|no longer (in use|active|valid)/i,
  /(bezorg|aflever|bestel|lever|verstuur|verzond)\w* .{0,80}(mislukt|vertraag|\bniet\b|geweigerd)|(niet|onmogelijk) .{0,50}(bezorg|afgelever|afleveren|bereikt|bereiken|worden verzonden)|on(bestel|bezorg)baar|(bereikt|bereikbaar).{0,20} niet|(mailbox|postvak|postbus) .{0,30}\bvol\b|(adres|account|gebruiker|ontvanger|geadresseerde|mailbox|postvak) .{0,40}(bestaat niet|niet (meer )?(bestaat|gevonden|actief|bekend)|onbekend|geweigerd|geblokkeerd|opgeheven)|onbekende (gebruiker|ontvanger|geadresseerde)/i,
  /(échec|echec|échoué|impossible) .{0,60}(remise|remettre|distribu|livr|envoi|envoyer|joindre|achemin|délivr)|(remise|distribution|livraison|acheminement|envoi) .{0,80}(échou|impossible|retard|échec)|n['’](a|ai|ont|avons|est|était)\b .{0,50}(remi[st]|remett|d[eé]livr|distribu|livr|achemin|parvenu|transmis)|non (remis|distribu|délivr)|(adresse|destinataire|utilisateur|compte|boîte|boite) .{0,60}(introuvable|inconnu|invalide|n['’]existe|désactivé|pleine|refusé|rejeté|saturée)/i,
  /(konnte|konnten|kann|können|wurde|wurden) .{0,80}nicht .{0,30}(zugestellt|zustell|ausgeliefert|gesendet|übermittelt|erreicht|angenommen)|nachrichtenzustellung|un?zustellbar|nicht zustellbar|zustellung .{0,80}(fehlgeschlagen|verzögert|nicht möglich|gescheitert)|(empfänger|benutzer|postfach|konto|adresse|adressat)\w* .{0,40}(unbekannt|existiert nicht|nicht (gefunden|vorhanden|bekannt|erreicht)|\bvoll\b|überfüllt|gesperrt|deaktiviert|abgelehnt)|nicht erreicht|(abgelehnt|zurückgewiesen)/i,
  /nie(dostarcz|doręcz)|\bnie\b .{0,60}(dostarcz|doręcz|przekaza|wysłan|dotarł)|(dostarcz|doręcz)\w+ .{0,80}nie powiod|(skrzynk|kont|adres|użytkownik|odbiorc)\w* .{0,40}(nie istnieje|przepełnion|pełna|zablokowan|nieznan|nie znaleziono|odrzucon)|nie znaleziono/i,
  /\bno .{0,40}(entreg|se ha encontrado|se encontró|existe)|error (al|en la) entreg|(entrega|envío) .{0,60}(fallid|retras|error)|(usuario|buzón|cuenta|dirección|destinatario) .{0,40}(desconocid|no existe|llen|inexistente|rechazad|deshabilitad)/i,
  /\bnon .{0,40}(recapita|consegna|trovat|raggiunt)|impossibile (recapitare|consegnare|raggiungere)|mancat[ao] (recapito|consegna)|(recapito|consegna) .{0,60}(non riuscit|fallit|ritard)|(casella|utente|indirizzo|destinatario|account) .{0,40}(inesistente|sconosciut|pien[ao]|non (valid|esist|trovat)|disabilitat|rifiutat)/i,
  /n[ãa]o (p[ôo]de|foi|foram|conseguimos) .{0,40}(entreg|envia)|falha na entrega|не (было|удалось|может быть|могло быть|доставлен)|не существует|(配[信送]|送信)(が|は|を)?(でき|不能|失敗|エラー)|届け(る|ること)|無法|无法(投递|送达)|退回|退信|拒[绝收]/i,
]

/** Whether a mail system's words tell of a failure or a delay; a wrapped sentence counts as one. */
export function isFailureText(notice: string): boolean {
  const text = notice.slice(0, 8000).replaceAll(/\s+/g, ' ')
  return failure.some(words => words.test(text))
}

const returned = [
  /^[-=*\s]{2,}(this is a copy of|below (this line )?is a copy|the header of the original|(the )?(original|returned|unsent|undelivered|forwarded) (message|mail)|message header|übrige|ursprüngliche|bericht\W*$|header)/i,
  /^((the )?original message (headers|follows|header)|--- (below|the (original|header|returned|message (follows|headers?|text)))|message headers follow|below is a copy|received: ?(from|by) |oorspronkelijke (berichtkoppen|berichtheaders)|en-têtes (de message d['’]origine|du message)|ursprüngliche nachrichtenkopf|oryginalne nagłówki|encabezados de mensaje|intestazioni)/i,
]
const returnedHeader = /^(received|return-path|message-id|dkim-signature|from|date|to|subject|mime-version|reply-to|content-type|x-mailer|user-agent): ?\S/i

/** Where the returned mail begins below a notice: at its announcement or at a run of its header lines. From there on the words are our own. */
export function returnedMailStart(text: string): number {
  let [at, run, runStart] = [0, 0, 0]
  for (const line of text.split('\n')) {
    if (returned.some(start => start.test(line.trim().slice(0, 200)))) return at
    if (!returnedHeader.test(line)) run = /^\s+\S/.test(line) ? run : 0
    else if (++run === 1) runStart = at
    if (run === 3) return runStart
    at += line.length + 1
  }
  return text.length
}

/** Sentences that only servers write. */
const serverForm =
  /this is the (\S{1,40} )?(mail (system|server|delivery agent|delivery system)|qmail-send|postfix|mailer-daemon|james|courier|mail delivery)|(created|generated) automatically by (the )?mail delivery|(did not reach|could not (be )?reach(ed)?|were not reached|cannot be reached)[^.]{0,40}recipient|recipient\(s\) (could|can|did)|delivery has failed to (these|the following)|(automatically generated )?delivery status notification|transcript of session|(following|these) address(es|\(es\)) (had|failed|have)|xmail bounce|remote server returned ['"]?[45]\d\d|#[45]\d\d [45]\.\d\.\d|(generating|generierender|genererende) server|(de bezorging aan|de volgende geadresseerde|fehler bei der nachrichtenzustellung|folgende\(?r?\)? empfänger|échec de la remise|impossible de contacter le|nie można dostarczyć wiadomości do|no se pudo entregar el mensaje|recapito non riuscito)|diagnostic(s| code| information| text)|report relates to (your|a) message|undeliverable (mail|to the following)|mail delivery agent|(message|mail) could not be delivered to mobile|failure reasons|recipients? of this delivery|your message (was|has) not (been )?delivered to:?\s|delivery of the (e-?mail|message) was stopped/i
export const isServerForm = (notice: string): boolean => serverForm.test(notice.slice(0, 8000).replaceAll(/\s+/g, ' '))

/** A report that a mail arrived, or was handed to a server that reports no more. */
export const isSuccessReport = (subject: string, notice: string): boolean =>
  /\((success|relay(ed)?|expanded|delivered|succeeded)\)|^(delivered|relayed|expanded)\b|success(ful)?(ly)? deliver|was (successfully )?(delivered|relayed)\b/i.test(
    subject,
  ) ||
  /(has been|have been|was|were|is) (successfully )?(delivered|relayed)\b|successful(ly)? (delivery|delivered|relayed)|(zugestellt|afgeleverd|remis|doręczon\w+) (wurde|is|a été)/i.test(
    notice.slice(0, 3000),
  )

/** A system's word about a mailbox of ours, a quarantine or a digest: nothing of ours came back. */
export const isOwnMailboxNotice = (subject: string, notice: string): boolean =>
  /quarant|digest|summary|report domain|spam ?report/i.test(subject) ||
  /\b(your|uw|je|ihr|votre|twoj\w+) (own |e-?mail )?(mailbox|mail account|postvak|postfach|boîte|skrzynk\w+|storage|account) (is|has|are|ist|est|jest|almost|nearly|bijna|wird)/i.test(
    `${subject}\n${notice.slice(0, 2000)}`,
  )
