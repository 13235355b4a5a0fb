import { checkSmtp, type MailboxSettings, openConfiguredMailbox } from '#mail'
import { DuncanError, silentLog } from '#platform'

/** Signs in for reading and says what was found. Throws a `mailbox.*` fault with what to do. */
export async function checkReading(settings: MailboxSettings): Promise<string> {
  const mailbox = await openConfiguredMailbox(settings, silentLog)
  try {
    const folders = await mailbox.folders()
    return `signed in; folders ${folders.map(({ path, role }) => (role === 'sent' ? `${path} (sent)` : path)).join(', ')}`
  } finally {
    await mailbox.close()
  }
}

/** Signs in for sending, sends nothing. Throws `smtp.unreachable`, or `doctor.smtp` when no server is named. */
export async function checkSending({ smtp }: MailboxSettings): Promise<string> {
  if (!smtp)
    throw new DuncanError('doctor.smtp', 'no server is named, so approved replies cannot leave.', 'Give the mailbox smtp settings; the README shows them.')
  await checkSmtp(smtp)
  return `${smtp.host}:${smtp.port} accepts mail from us`
}
