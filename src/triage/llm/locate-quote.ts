import type { Evidence, MessageToRead } from '../reading.ts'

/** Where a quote stands literally in a mail; white space may differ, letters may not. Undefined when it stands nowhere. */
export function locateQuote(quote: string, message: MessageToRead): Evidence | undefined {
  const inReply = find(quote, message.replyText)
  if (inReply) return inReply
  const inSubject = find(quote, message.subject)
  if (inSubject) return { ...inSubject, field: 'subject' }
  for (const name of message.attachmentNames.slice(0, 50)) {
    const inName = find(quote, name)
    if (inName) return { ...inName, field: 'attachment' }
  }
  return undefined
}

function find(quote: string, text: string): Evidence | undefined {
  const wanted = quote.trim()
  if (wanted === '' || wanted.length > 500) return undefined
  const at = text.indexOf(wanted)
  if (at !== -1) return { start: at, end: at + wanted.length, text: wanted }
  const words = wanted.split(/\s+/).map(word => word.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`))
  const match = new RegExp(words.join(String.raw`\s{1,8}`)).exec(text)
  return match ? { start: match.index, end: match.index + match[0].length, text: match[0] } : undefined
}
