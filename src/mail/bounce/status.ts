import { causeOf, passesByItself } from './cause.ts'

/** The enhanced status code (RFC 3463) in a server's answer, or "". */
export function enhancedStatus(answer: string): string {
  return /(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?![\d.]*\d)/.exec(answer)?.[1] ?? ''
}

/** The SMTP reply code in a server's answer (RFC 5321), or "". */
export function replyCode(answer: string): string {
  return /(?<![\w.])([45]\d\d)(?=[\s\-#:,;)]|$)/.exec(answer)?.[1] ?? ''
}

const forGood =
  /permanent(ly)? (fatal |delivery )?(error|fail|undeliver)|(failed|failure is|reason is) permanent|permanent fatal|removed from the (mail )?queue|[ée]chec définitif|d[ée]finitivement|erreur permanente|dauerhafte[rn]? fehler|endgültig|definitief (mislukt|niet)|permanente fout|błąd trwały|error permanente|errore permanente/i
const temporaryWords = /temporar|transient|deferred|will (be )?retr|try again later|greylist|tijdelijk|temporaire|vorübergehend|tymczasow|temporal|temporane/i
const onTheWay =
  /not yet be(en)?\b|will try again|not been delivered yet|hasn['’]t been delivered yet|will be retried|still (undelivered|being retried|trying)|(will|server|gmail|system) (will )?(keep|continue) (to )?(try|be|attempt)|(attempts|delivery|tries) will continue|delivery (is|has been|was) delayed|delayed (mail|message)|(has been|is being|was) delayed|warning message only|this is (only )?a warning|(do|need) not (need to )?re-?send|no action is required|being held in the queue|bisher nicht|noch nicht|weiterhin versucht|verzögert|nog niet|blijft .{0,60}prob|vertraagd|wordt opnieuw geprobeerd|pas encore|se poursuivront|retardée?|différée?|continuera|jeszcze nie|opóźnion|ponawia|będzie(my)? próbowa|aún no|seguirá|retrasad|non ancora|continuerà|ritardat/i

/** Whether a server's answer is for good: by the class of its status, then by its reply code, then by its words. */
export function isPermanentReply(status: string, answer: string): boolean {
  const code = status || replyCode(answer)
  return code === '' ? !passesByItself(causeOf('', answer)) && !saysTemporary(answer) : code.startsWith('5')
}

/** Whether words without a code tell of something that may pass. */
export const saysTemporary = (answer: string): boolean => temporaryWords.test(answer)

/** Whether a notice says of itself that the failure is for good; it is written once all trying is over. */
export const saysForGood = (notice: string): boolean => forGood.test(notice)

/** Whether a notice warns that a mail is late, and the server still tries. */
export const isDelayNotice = (subject: string, notice: string): boolean =>
  onTheWay.test(subject) || /\bdelay(ed)?\b\W{0,3}$|^warning: /i.test(subject) || onTheWay.test(notice)

/** A server's answer as one readable line. */
export function readableReason(answer: string): string {
  return answer
    .replace(/^\s*(smtp|x-[\w-]+|unix|dns|host|local)\s*;\s*/i, '')
    .replaceAll(/\s+/g, ' ')
    .trim()
    .slice(0, 300)
}
