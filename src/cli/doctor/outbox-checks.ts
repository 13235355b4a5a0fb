import { access, constants, stat, statfs } from 'node:fs/promises'
import { type DbClient, DuncanError, errorText, systemClock } from '#platform'
import { type DispatchChannel, leftInOutbox, outboxFolder } from '#proposals'
import type { AppConfig } from '../../app.ts'
import type { Check, Finding } from './run-checks.ts'

const longLeft = { hours: 24 * 7 }
const littleSpace = 200 // MB
const longestWait = 10_000 // milliseconds

/** The folders that others take letters, SMS and files for collection from, and the gateway that SMS go by. */
export function outboxChecks(config: AppConfig, client: DbClient): Check[] {
  const { DUNCAN_SMS_URL: gateway, DUNCAN_PRINT_OUTBOX, DUNCAN_HAND_OVER_FOLDER } = config
  const folder = (channel: DispatchChannel, setting?: string) => () => checkOutbox(config, client, channel, setting)
  return [
    { name: 'letters', run: folder('letter', DUNCAN_PRINT_OUTBOX && 'DUNCAN_PRINT_OUTBOX') },
    { name: 'files for collection', run: folder('hand_over', DUNCAN_HAND_OVER_FOLDER && 'DUNCAN_HAND_OVER_FOLDER') },
    gateway ? { name: 'SMS gateway', run: () => checkGateway(gateway, config.DUNCAN_SMS_TOKEN) } : { name: 'SMS without a gateway', run: folder('sms') },
  ]
}

/** `setting`: what names the folder; left out for one in the data folder, which is made when it is needed. */
async function checkOutbox(config: AppConfig, client: DbClient, channel: DispatchChannel, setting: string | undefined): Promise<Finding> {
  const folder = outboxFolder(config, channel)
  const found = await stat(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw unusable(folder, error)
  })
  if (found && !found.isDirectory()) throw unusable(folder, 'it is no folder.')
  if (!found && setting === undefined) return `${folder} is made with the first one`
  if (!found)
    return {
      warning: `${folder} is not there.`,
      remedy: `Make it, or connect its disk before the first one is written: else Duncan makes the folder where that disk belongs. It stands in ${setting}.`,
    }
  await access(folder, constants.R_OK | constants.W_OK | constants.X_OK).catch((error: unknown) => {
    throw unusable(folder, error)
  })
  const { bavail, bsize } = await statfs(folder)
  const free = Math.floor((bavail * bsize) / 1_000_000)
  if (free < littleSpace)
    return { warning: `the disk of ${folder} has ${free} MB left.`, remedy: 'Free space or enlarge the disk: when it is full, nothing is written.' }
  const left = await leftInOutbox(client, config, channel, systemClock.now().subtract(longLeft))
  if (left.length === 0) return `${folder} can be written, and nothing lies there for long`
  return {
    warning: `${left.length} of more than a week ago still lie in ${folder}.`,
    remedy: 'Look whether the program that takes them still runs. What is done with is deleted by retention.outboxDays of the settings.',
  }
}

const unusable = (folder: string, why: unknown): DuncanError =>
  new DuncanError(
    'doctor.outbox',
    `${folder} cannot be used: ${typeof why === 'string' ? why : errorText(why)}`,
    'Give the user that runs Duncan the right to read and write there.',
    { cause: why },
  )

/** Asks what the gateway would take, which sends nothing: OPTIONS is safe (RFC 9110, 9.2.1). */
async function checkGateway(url: string, token: string | undefined): Promise<Finding> {
  const { origin, protocol, hostname } = new URL(url)
  const headers = token ? { authorization: `Bearer ${token}` } : {}
  const signal = AbortSignal.timeout(longestWait)
  const response = await fetch(url, { method: 'OPTIONS', headers, redirect: 'manual', signal }).catch((error: unknown) => {
    throw new DuncanError('doctor.sms', `${origin} does not answer: ${errorText(error)}`, 'Correct DUNCAN_SMS_URL, or let this machine reach it.', {
      cause: error,
    })
  })
  await response.body?.cancel()
  const { status } = response
  if (status === 401 || status === 403)
    return { warning: `${origin} answers with ${status}.`, remedy: 'Look whether DUNCAN_SMS_TOKEN is the token that it wants; some ask nobody who only looks.' }
  if (status >= 500) return { warning: `${origin} has a fault (HTTP ${status}).`, remedy: 'Ask its provider; SMS that it does not take wait for a person.' }
  if (protocol !== 'https:' && !['127.0.0.1', 'localhost', '[::1]'].includes(hostname))
    return { warning: `${origin} is reached in the clear.`, remedy: 'Give DUNCAN_SMS_URL an https address: texts and numbers of people go there.' }
  return `${origin} answers; nothing was sent`
}
