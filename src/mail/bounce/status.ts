/** The enhanced status code (RFC 3463) in a server's answer, or "". */
export function enhancedStatus(answer: string): string {
  return /(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?![\d.]*\d)/.exec(answer)?.[1] ?? ''
}

/** The SMTP reply code in a server's answer (RFC 5321), or "". */
export function replyCode(answer: string): string {
  return /(?<![\d.])([45]\d\d)(?=[\s\-#:,;)]|$)/.exec(answer)?.[1] ?? ''
}

const temporaryWords =
  /(temporar|transient|delay|will (be )?retr|still trying|try again|keep trying|not yet been delivered|not been delivered yet|still undelivered|warning|bisher nicht|weiterhin versucht|nog niet|noch nicht|pas encore|jeszcze nie|aún no|non ancora|continuera|ponawia|seguirá|continuerà|mailbox (is )?full|over ?quota|timed? ?out|no action is required|greylist|over quota.*try|vertraag|tijdelijk|opnieuw (te )?prob|retard|temporaire|nouvelle tentative|verzögert|vorübergehend|erneut|opóźni|tymczasow|ponown|retras|temporal|ritard|temporane)/i

const permanentWords =
  /unknown|does(n['’]t| not) exist|not (be )?found|no such|not listed|not recogni[sz]ed|invalid|disabled|closed|no longer|permanent|given up|giving up|will not continue|onbekend|bestaat niet|niet (meer )?(gevonden|bestaat|actief)|inconnu|introuvable|n['’]existe|désactivé|définitive|unbekannt|nicht (gefunden|vorhanden)|existiert nicht|deaktiviert|nie (istnieje|znaleziono)|nieznan|zablokowan|desconocid|no (existe|se (ha )?enc)|inesistente|sconosciut|non trovat/i
const onTheWay =
  /not yet been|not been delivered yet|hasn['’]t been delivered yet|will (be )?retr|still trying|keep trying|will continue (to|trying)|bisher nicht|weiterhin versucht|blijft .{0,40}prob|continuera|ponawia|seguirá|continuerà|delay|warning message/i

/** Whether a failure is for good: by the class of its status, then by the reply code, then by its words. */
export function isPermanentReply(status: string, answer: string): boolean {
  if (status !== '') return status.startsWith('5')
  const code = replyCode(answer)
  if (code !== '') return code.startsWith('5')
  return !saysTemporary(answer)
}

/** Whether words without a code tell of something that may pass; "check the address and try again" does not. */
export const saysTemporary = (text: string): boolean => temporaryWords.test(text) && (onTheWay.test(text) || !permanentWords.test(text))

/** A server's answer as one readable line. */
export function readableReason(answer: string): string {
  return answer
    .replace(/^\s*(smtp|x-[\w-]+|unix|dns|host|local)\s*;\s*/i, '')
    .replaceAll(/\s+/g, ' ')
    .trim()
    .slice(0, 300)
}
