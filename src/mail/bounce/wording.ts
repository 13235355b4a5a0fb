const subject =
  /(undeliver(ed|able)|undelivered mail returned|delivery (status notification|failure|failed|has failed|delayed|incomplete|report)|mail delivery (failed|failure|system)|failure notice|returned mail|returned to sender|(warning|message) delayed|mail (could not|couldn't|not) (be )?(sent|delivered)|could not send message|non[- ]remis|échec de (la )?remise|non[- ]distribu|unzustellbar|zustellung.{0,20}(fehl|verzögert)|nicht zugestellt|onbestelbaar|niet (bezorgd|afgeleverd)|bezorging.{0,20}(mislukt|vertraagd)|niedostarczon|nie (można|udało się) dostarczyć|zwrot|no se (puede|pudo|ha podido) entregar|no entregado|devuelto|impossibile recapitare|mancato recapito|non recapitabile|message status - undeliverable|non[- ]?delivery|rejected:|bounced?)/i

export const isBounceSubject = (text: string): boolean => subject.test(text.slice(0, 200))

/** What servers say of a failure or a delay; families of wording rather than single servers' samples. */
const failure = [
  /this is the qmail-send program|i wasn't able to deliver your message|wasn't able to deliver/i,
  /(could|can|was|has|have) ?not (be|been) (delivered|sent|reached|relayed)|couldn['’]t be (delivered|reached)|(wasn['’]t|was not|were not|hasn['’]t been|has not been|not yet been) delivered/i,
  /(delivery|mail) (to the following|to these|has) .{0,40}(fail|delay)|delivery (has )?failed|failed (permanently|to deliver)|delivery (of|to) .{0,80}(failed|delayed)|unable to deliver|undeliverable|undelivered/i,
  /did not reach (some or all|the following|its)|permanent (fatal )?error|transient non-fatal|fatal errors|transcript of session follows/i,
  /user unknown|unknown user|no such (user|mailbox|recipient|person)|not listed in|recipient (address )?rejected|mailbox (unavailable|not found|is full|full)|address(es)? (could|couldn['’]t|not) .{0,20}found|does not exist|over quota|host (unknown|not found)|(invalid|unknown|unrecognized) (final delivery|recipient|user|address|mailbox)|name is not recognized|delivery errors|failure reasons|account (is )?(disabled|inactive|closed|suspended)|relay(ing)? (denied|not permitted|access)/i,
  /(bezorging|aflevering) .{0,60}(mislukt|vertraagd)|niet (worden |kunnen worden )?(bezorgd|afgeleverd)|kan niet worden bezorgd|onbestelbaar/i,
  /échec de la remise|n['’](a|ont) pas (pu|été) .{0,40}(remis|délivré|distribué|livré)|n['’]a pu être (remis|délivré|distribué|acheminé)|non (remis|distribué|délivré)|adresse .{0,30}(introuvable|inconnue)/i,
  /(konnte|konnten|kann) .{0,60}nicht (zugestellt|ausgeliefert|gesendet|übermittelt)|nachrichtenzustellung|unzustellbar|zustellung .{0,60}(fehlgeschlagen|verzögert|nicht möglich)|empfänger .{0,30}(unbekannt|existiert nicht)/i,
  /nie (można|udało się|mogła|została|mogło) .{0,40}(dostarcz\w+)|niedostarczon|dostarczenie .{0,40}nie powiodło/i,
  /no se (pudo|puede|ha podido|han podido) entregar|no (ha sido|fue) entregad|error (al|en la) entreg/i,
  /impossibile recapitare|non (è stato|è stata) (possibile )?(recapita|consegna)\w*|mancat[ao] (recapito|consegna)|recapito .{0,30}non riuscito/i,
]

export const isFailureText = (notice: string): boolean => failure.some(words => words.test(notice.slice(0, 8000)))

const returned = [
  /^[-=*\s]{2,}(this is a copy of|below (this line )?is a copy|the header of the original|(the )?(original|returned|unsent|undelivered|forwarded) (message|mail)|message header|übrige|ursprüngliche|bericht|header)/i,
  /^((the )?original message (headers|follows|header)|--- (below|the)|message headers follow|below is a copy|received: ?(from|by) |return-path: ?<|oorspronkelijke (berichtkoppen|berichtheaders)|en-têtes (de message d['’]origine|du message)|ursprüngliche nachrichtenkopf|oryginalne nagłówki|encabezados de mensaje|intestazioni)/i,
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
