import type { ParsedMail } from '../parsed-mail.ts'

/**
 * Who a mail seems to be from: a mail system by its address; a postmaster, who may be a system or a person; a machine that answers for
 * somebody or announces something; or anybody.
 */
export type Sender = 'system' | 'postmaster' | 'machine' | 'anybody'

const systemAddress =
  /^<?(mailer-daemon|mail-daemon|mailerdaemon|mailer_daemon|mail\.?delivery|maildelivery|mail-?delivery-?(sub)?system|microsoftexchange[\da-f]+|mailsystem|mail-?errors?|bounces?|bounce-handler|mail-?system|smtp|exim|qmail(-send|d)?|postfix|sendmail|noreply-mailer|mail[._-]?router|mail[._-]?gateway|mail[._-]?server|mmdf|mta|uucp|maildaemon|ndr|nondelivery|undeliverable|delivery-?(status|failure|notification)s?)(?=[@+.-]|$)/
const postmasterAddress = /^<?(mail_?-?)?(mailer|post_?-?master|mdaemon|root|administrator|sysadmin|mail-?admin|mail_?master)(?=[@+.-]|$)/
const systemName =
  /(mail(er)?[ _-]?daemon|mail delivery|delivery (sub)?system|mail (sub)?system|mail server|mail (router|gateway|transport|administrator|agent)|internet mail|mail-?systeem|the post office|mta\b|content[- ]filter|anti-?virus|spam firewall|interscan|mailscanner|メール配[信送]システム|почтов\w+ систем|sistema de (correo|correio))/i
const postmasterName =
  /(post ?master|microsoft (outlook|exchange)|system administrator|systeembeheerder|administrateur système|systemadministrator|administrator systemu|administrador del sistema|amministratore (di|del) sistema|systemadministratör)/i

/** Who wrote the mail: by its sender's address or name, and by whether it can be answered. */
export function senderOf(mail: ParsedMail): Sender {
  const address = mail.from?.address ?? ''
  const name = mail.from?.name ?? ''
  const header = (wanted: string) =>
    mail.headers
      .find(each => each.name === wanted)
      ?.value.trim()
      .toLowerCase()
  const isAutomatic = /^<?\s*>?$/.test(header('return-path') ?? 'none') || !(header('auto-submitted') ?? 'no').startsWith('no')
  const isReport = /^multipart\/report\b.*delivery-status/.test(header('content-type') ?? '') || header('x-ms-exchange-message-is-ndr') !== undefined
  if (isReport || !/.@/.test(address) || systemAddress.test(address)) return 'system'
  if (postmasterAddress.test(address) || postmasterName.test(name) || systemName.test(name)) return isAutomatic ? 'system' : 'postmaster'
  return isAutomatic ? 'machine' : 'anybody'
}

const daemonAddress = /^<?(mail(er)?[-_]?daemon|mail[.-]?delivery|microsoftexchange[\da-f]+)(?=[@+.-]|$)/
/** Whether nothing but notices comes from the address: they are written in more languages than these tables know. */
export const isDaemon = (mail: ParsedMail): boolean => daemonAddress.test(mail.from?.address ?? '')

const mailPrograms = /outlook|thunderbird|iphone|ipad|apple mail|android|k-9|samsung|lotus notes|roundcube|webmail|zimbra|evolution|eudora|the bat|gmail/i

/** Whether a mail answers or sends on another one, or was written in a mail program: a person stands behind it. */
export const isPersonal = (mail: ParsedMail): boolean =>
  /^\s*(\[[^\]]{1,40}\]\s*)?(re|fwd?|aw|wg|tr|sv|vs|antw|doorst|odp|pd|rv|i)\s?:/i.test(mail.subject) ||
  mail.headers.some(({ name, value }) => (name === 'user-agent' || name === 'x-mailer') && mailPrograms.test(value))

/** Whether somebody sent a mail on. */
export const isForwarded = (mail: ParsedMail): boolean => /^\s*(fwd?|wg|tr|doorst|pd|rv|i)\s?:/i.test(mail.subject)
