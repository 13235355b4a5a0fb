import { createHash, randomInt } from 'node:crypto'
import { findStaff, type Staff } from '#people'
import { type Clock, type DbClient, fromInstant, recordAudit } from '#platform'
import { lookAgain } from './look-again.ts'
import type { Account } from './platform.ts'

const codeMinutes = 15
/** No letters or digits that are taken for one another. */
const codeLetters = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789'
const codeLength = 10

type Deps = { client: DbClient; clock: Clock }

/** A code that links the account in which it is typed to this person, once, within 15 minutes: `K7MPQ-2XW4A`. Earlier codes of theirs are void. */
export async function createLinkCode({ client, clock }: Deps, staffId: number): Promise<string> {
  const letters = Array.from({ length: codeLength }, () => codeLetters[randomInt(codeLetters.length)]).join('')
  const expiresAt = fromInstant(clock.now().add({ minutes: codeMinutes }))
  await client.$transaction([
    client.chatLinkCode.deleteMany({ where: { staffId, usedAt: null } }),
    client.chatLinkCode.create({ data: { codeHash: hashCode(letters), staffId, expiresAt } }),
  ])
  return `${letters.slice(0, 5)}-${letters.slice(5)}`
}

/** Links an account by its owner's code. Returns whose it is now; undefined for a code that is wrong, used or too old. */
export async function linkByCode({ client, clock }: Deps, account: Account, code: string): Promise<Staff | undefined> {
  const now = fromInstant(clock.now())
  return client.$transaction(async tx => {
    const where = { codeHash: hashCode(code), usedAt: null, expiresAt: { gt: now }, staff: { active: true } }
    const [used] = await tx.chatLinkCode.updateManyAndReturn({ where, data: { usedAt: now } })
    const staff = used && (await findStaff(tx, used.staffId))
    if (staff) await writeLink(tx, account, staff, 'code', now)
    return staff
  })
}

/** The active member of staff behind an account. With a mail address that the platform has verified, an account that nobody linked is linked by it. */
export async function whoIs({ client, clock }: Deps, account: Account, verifiedEmail?: string): Promise<Staff | undefined> {
  const linked = await client.chatAccount.findUnique({ where: { platform_workspace_userId: account }, include: { staff: true } })
  if (linked) return linked.staff.active ? linked.staff : undefined
  const staff = verifiedEmail === undefined ? null : await client.staff.findFirst({ where: { email: verifiedEmail.trim().toLowerCase(), active: true } })
  if (!staff) return undefined
  await client.$transaction(tx => writeLink(tx, account, staff, 'email', fromInstant(clock.now())))
  return staff
}

type Tx = Parameters<Parameters<DbClient['$transaction']>[0]>[0]

async function writeLink(tx: Tx, account: Account, staff: Staff, proof: 'code' | 'email', linkedAt: Date): Promise<void> {
  const link = { staffId: staff.id, proof, linkedAt }
  await tx.chatAccount.upsert({ where: { platform_workspace_userId: account }, create: { ...account, ...link }, update: link })
  // Where this account reads, one reader less is unknown now.
  const read = await tx.chatConversation.findMany({ where: { platform: account.platform, members: { has: account.userId } }, select: { conversation: true } })
  await lookAgain(tx, { platform: account.platform, conversations: read.map(({ conversation }) => conversation) })
  await recordAudit(tx, {
    actor: `staff:${staff.id}`,
    event: 'chat.account_linked',
    subject: `staff:${staff.id}`,
    detail: { platform: account.platform, proof },
  })
}

const hashCode = (code: string): string =>
  createHash('sha256')
    .update(code.toUpperCase().replaceAll(/[^A-Z0-9]/g, ''))
    .digest('hex')
