import { type DbClient, listDeadJobs } from '#platform'

/** What became of the work of a dead job, and what a person can do; jobs are named by their kind. */
export function explainDeadJob(kind: string): string {
  return advice[kind] ?? 'Find its cause in the log, repair it, then have it run again.'
}

const advice: Record<string, string> = {
  'mail.received': 'The mail stands on a card that asks a person to read it. A retry reads it anew only where no card was made.',
  'mail.send': 'The mail was given up and its card says so; send it again from the card. A retry sends nothing that was given up.',
  'mail.file': 'The mail was sent, but its copy is not in the Sent folder. Check the mailbox with `duncan doctor`, then retry.',
  'mail.reconcile': 'Whether a mail left is not known. Its card asks a person; a retry looks for it in the Sent folder again.',
  'mail.settled': 'A mail was sent or failed, and its card may not say so yet. Retry.',
  'action.execute': 'The action failed and its card says why. A retry does nothing to a failed action; decide on the card.',
  'proposal.opened': 'A card may be missing in its channel. Retry.',
  'proposal.changed': 'A card may show an older state. Retry.',
  'ops.raised': 'A card about Duncan itself may be missing. Retry.',
  'message.settled': 'A mail is not marked as handled in the mailbox; nothing else is lost. Check the mailbox, then retry.',
  'alert.raised': 'A card about a credit risk may be missing. Retry.',
}

/** The dead jobs in lines that people read, newest first: what a chat command answers. */
export async function deadJobLines(client: DbClient): Promise<string[]> {
  const jobs = await listDeadJobs(client)
  if (jobs.length === 0) return ['No job is dead.']
  return jobs.map(job => `${job.id.slice(0, 8)}  ${job.diedAt.toISOString().slice(0, 16).replace('T', ' ')} UTC  ${job.kind}: ${job.problem}`)
}
