/** The enhanced status code (RFC 3463) in a server's answer, or "". */
export function enhancedStatus(answer: string): string {
  return /(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?![\d.]*\d)/.exec(answer)?.[1] ?? ''
}

/** The SMTP reply code in a server's answer (RFC 5321), or "". */
export function replyCode(answer: string): string {
  return /(?<![\d.])([45]\d\d)(?=[\s\-#:,;)]|$)/.exec(answer)?.[1] ?? ''
}

const temporaryWords =
  /(temporar|transient|delay|will (be )?retr|still trying|try again|keep trying|not yet been delivered|has not been delivered|warning|no action is required|greylist|over quota.*try|vertraag|tijdelijk|opnieuw (te )?prob|retard|temporaire|nouvelle tentative|verzögert|vorübergehend|erneut|opóźni|tymczasow|ponown|retras|temporal|ritard|temporane)/i

/** Whether a failure is for good: by the class of its status, then by the reply code, then by its words. */
export function isPermanentReply(status: string, answer: string): boolean {
  if (status !== '') return status.startsWith('5')
  const code = replyCode(answer)
  if (code !== '') return code.startsWith('5')
  return !temporaryWords.test(answer)
}

export const saysTemporary = (text: string): boolean => temporaryWords.test(text)

/** A server's answer as one readable line. */
export function readableReason(answer: string): string {
  return answer
    .replace(/^\s*(smtp|x-[\w-]+|unix|dns|host|local)\s*;\s*/i, '')
    .replaceAll(/\s+/g, ' ')
    .trim()
    .slice(0, 300)
}
