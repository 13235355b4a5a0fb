/** Reply and forward marks of mail programs in nl fr de pl en es it and their neighbours, with counts ("RE[2]:"). */
const mark =
  /^\s*(?:\[(?:external|extern|ext)\]\s*|(?:re|aw|antw|antwort|antwoord|betr|sv|vs|odp|odpowiedź|rif|ref|r|res|rép|ynt|fw|fwd|wg|tr|doorst|pd|i|rv|enc|vb|vl)\s?(?:\[\d{1,3}\]|\(\d{1,3}\))?\s?[:：]\s*)/i
const replyMark =
  /^\s*(?:\[(?:external|extern|ext)\]\s*)?(?:re|aw|antw|antwort|antwoord|betr|sv|odp|odpowiedź|rif|ref|r|rép|fw|fwd|wg|tr|doorst|pd|i|rv)\s?(?:\[\d{1,3}\]|\(\d{1,3}\))?\s?[:：]/i

/** The subject that a thread goes by: lower case, single spaces, without reply and forward marks. */
export function threadSubject(subject: string): string {
  let rest = subject.slice(0, 1000)
  for (let shorter = rest.replace(mark, ''); shorter !== rest; shorter = rest.replace(mark, '')) rest = shorter
  return rest.replaceAll(/\s+/g, ' ').trim().toLowerCase().slice(0, 500)
}

export const isReplySubject = (subject: string): boolean => replyMark.test(subject)

/** Whether the outermost mark of a subject says that the mail passes another one on. */
export const isForwardSubject = (subject: string): boolean =>
  /^\s*(?:\[(?:external|extern|ext)\]\s*)?(?:fw|fwd|wg|tr|doorst|pd|rv|enc|i|vb|vl)\s?[:：]/i.test(subject)
