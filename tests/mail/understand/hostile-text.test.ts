import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { ParsedMail } from '#mail'
import { trimReply } from '../../../src/mail/trim-reply.ts'
import { type MailFacts, understandMail } from '../../../src/mail/understand-mail.ts'

const aMail = (more: Partial<ParsedMail>): ParsedMail => ({
  internetMessageId: undefined,
  inReplyTo: undefined,
  references: [],
  from: { address: 'mailer-daemon@bad.example', name: '' },
  replyTo: [],
  to: [{ address: 'debtors@us.example', name: '' }],
  cc: [],
  subject: 'Undeliverable',
  sentAt: undefined,
  headers: [{ name: 'auto-submitted', value: 'auto-generated' }],
  text: '',
  html: undefined,
  attachments: [],
  reportParts: [],
  problem: undefined,
  ...more,
})

const size = 2_000_000
const fill = (part: string): string => part.repeat(Math.ceil(size / part.length))

/**
 * Understands a mail and says that no step of it was quadratic: of two megabytes such a step takes minutes of this thread's processor
 * time, and ten seconds even when it compares lines, which are fewer; all of it otherwise takes two. What else runs does not count.
 */
function understandInLinearTime(mail: ParsedMail): MailFacts {
  const before = process.threadCpuUsage()
  const facts = understandMail(mail)
  const { user, system } = process.threadCpuUsage(before)
  assert.ok((user + system) / 1_000_000 < 8)
  return facts
}

const patterns: Record<string, string> = {
  'one endless line': fill('a'),
  'one line of spaces': fill(' '),
  'line ends only': fill('\n'),
  'starts of header blocks': fill('From: a\nSent: b\n\n'),
  'sender labels only': fill('Van:\n'),
  'attributions that never end': fill('On 1 Jan 2026 at 10:00 a@b.example wrote\n'),
  'attributions without quotes': `x\n${fill('wrote wrote wrote wrote :\n')}`,
  'quotes and own words in turn': fill('> a\nb\n'),
  'arrow dividers': fill('>>> a@b.example 10:00 >>>\n> x\n'),
  'own lines above attributions': fill('a b c.\nOn 1 Jan 2026 at 10:00 a@b.example wrote:\n> x\n'),
  'codes beside addresses': fill('<a@b.example>: 550 5.1.1 (expanded from <c@d.example>)\n'),
  'rules above quotes': fill('-----\n\n\n> a\n'),
  'closing phrases': fill('Met vriendelijke groet,\n'),
  'signature dashes': fill('x\n-- \n'),
  'notices in one paragraph': fill('this e-mail is confidential for the intended recipient only\n'),
  'a notice without an end': fill('this e-mail this message '),
  'numbers without an end': fill('1'),
  'numbers in pairs': fill('20 26 '),
  'labels of numbers': fill('factuur nr. '),
  'addresses without an end': fill('a@a.'),
  'addresses in lines': fill('a@b.example\n'),
  'account numbers': fill('NL91 '),
  'company number labels': fill('HRB Amtsgericht '),
  'payment references': fill('RF18 '),
  'status fields': fill('Final-Recipient: rfc822; a@b.example\nAction: failed\nStatus: 5.1.1\n'),
  'returned headers': fill('Received: by x\n y\n'),
}

for (const [name, text] of Object.entries(patterns)) {
  test(`2 MB of ${name} are understood in linear time`, () => {
    const facts = understandInLinearTime(aMail({ text, reportParts: [{ contentType: 'message/delivery-status', text: text.slice(0, 65_536) }] }))

    assert.ok(facts.replyText.length <= text.length)
  })
}

test('2 MB of HTML marks are understood in linear time', () => {
  const facts = understandInLinearTime(aMail({ text: fill('some line\n'), html: fill('<div class="gmail_quote"><blockquote>some&nbsp;line') }))

  assert.equal(facts.kind, 'mail')
})

test('the own words consist of whole lines of the mail, in order', () => {
  const line = fc.constantFrom(
    'Beste,',
    '',
    '',
    'Wij betalen vrijdag.',
    '> quoted',
    '-- ',
    '_____',
    'Met vriendelijke groet,',
    'Jan',
    'T: 030-1234567',
    'Sent from my iPhone',

    'On 20 Nov 2026 at 09:58 Us <us@us.example> wrote:',
    'From: us@us.example',
    'Sent: Friday',
    'To: jan',
    'Subject: reminder',
    '-----Original Message-----',
    'This e-mail is confidential. If you are not the intended recipient, notify the sender.',
    'PS: een nieuw adres',
  )

  fc.assert(
    fc.property(fc.array(line, { maxLength: 30 }), lines => {
      const { replyText } = trimReply(aMail({ text: lines.join('\r\n') }))

      let from = 0
      for (const kept of replyText.split('\n')) {
        const at = lines.findIndex((each, index) => index >= from && each.trimEnd() === kept)
        if (replyText !== '' && at < 0) return false
        from = at + 1
      }
      return true
    }),
  )
})

test('a mail without any mark of history, signature or notice is kept as it is', () => {
  const word = fc.constantFrom('betaling', 'factuur', 'vrijdag', 'wij', '2026-0412', 'klopt', 'niet', 'EUR 1.250,00', 'graag', 'kopie')
  const sentence = fc.array(word, { minLength: 2, maxLength: 12 }).map(words => `${words.join(' ')}.`)

  fc.assert(
    fc.property(fc.array(sentence, { minLength: 1, maxLength: 8 }), sentences => {
      const text = sentences.join('\n')

      assert.equal(trimReply(aMail({ text })).replyText, text)
    }),
  )
})
