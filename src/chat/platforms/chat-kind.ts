import { z } from 'zod'
import type { Db } from '#platform'
import type { SettingsKind } from '#settings'
import { firstStatus, waitingPosts } from './copies.ts'
import { type PlatformName, platformNames } from './platform.ts'

const channelName = z.string().regex(/^[a-z0-9][a-z0-9_-]{0,79}$/, 'A channel has small letters, digits and dashes: debtors-nl.')

const platformSchema = (workspace: string, conversation: string) =>
  z.strictObject({
    workspace: z.string().min(1).describe(workspace),
    channels: z.record(channelName, z.string().min(1).max(200)).default({}).describe(conversation),
    linkBy: z
      .enum(['code', 'verified_email'])
      .default('code')
      .describe('How an account is linked to a member of staff: by a code from the console, or also by the mail address that the platform has verified'),
  })

const chatSchema = z
  .strictObject({
    slack: platformSchema('Id of the Slack workspace: T0123ABCD', 'Which Slack channel shows a channel of Duncan: debtors: C0123ABCD').optional(),
    teams: platformSchema('Id of the Entra tenant', 'Which Teams channel shows a channel of Duncan: debtors: 19:...@thread.tacv2').optional(),
  })
  .extend({
    digests: z
      .record(
        channelName,
        z
          .array(z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'Write a time as 09:00.'))
          .min(1)
          .max(24),
      )
      .default({})
      .describe(
        'Channels that get one list at these times of day in Slack and Teams, and not each card as it comes: debtors-small: ["09:00", "14:00"]. An insolvency comes at once; the console shows every card',
      ),
    bulk: z
      .strictObject({
        from: z
          .union([z.int().min(2).max(50), z.literal('never')])
          .default(5)
          .describe('How many proposals of one kind wait in a channel before one card takes them in, to be approved together; never: each has its own card'),
      })
      .prefault({})
      .describe('Proposals that are approved together'),
  })
  .describe('Where cards stand besides the console. The channels are those of the routes, and ops and payments')

type ChatSection = z.output<typeof chatSchema>

/** Slack and Teams, as settings. */
export const chatKind: SettingsKind<typeof chatSchema> = {
  name: 'chat',
  schema: chatSchema,
  project: async (tx, section) => {
    const rows = platformNames.flatMap(platform => channelsOn(section, platform))
    await tx.chatChannel.deleteMany()
    await tx.chatChannel.createMany({
      data: rows.map(({ platform, channel, conversation }) => ({ platform, channel, conversation, digestAt: section.digests[channel] ?? [] })),
    })
    for (const { platform, workspace, conversation } of rows) {
      await tx.chatConversation.upsert({
        where: { platform_conversation: { platform, conversation } },
        create: { platform, workspace, conversation },
        update: { workspace },
      })
    }
    await copyWhatWaits(tx)
  },
}

const channelsOn = (section: ChatSection, platform: PlatformName) =>
  Object.entries(section[platform]?.channels ?? {}).map(([channel, conversation]) => ({
    platform,
    workspace: section[platform]?.workspace ?? '',
    channel,
    conversation,
  }))

/** Cards that wait for somebody come to a conversation that shows their channel from now on; what is settled stays where it was. */
async function copyWhatWaits(tx: Db): Promise<void> {
  await tx.$executeRaw`
    WITH waiting AS (${waitingPosts})
    INSERT INTO "ChatCopy" ("postId", platform, conversation, status)
    SELECT p.id, c.platform, c.conversation, ${firstStatus(false)} FROM "ChatPost" p JOIN "ChatChannel" c ON c.channel = p.channel
    WHERE p.surface = 'console' AND p."privateTo" IS NULL AND (p.id IN (SELECT id FROM waiting) OR p."parentId" IN (SELECT id FROM waiting))
    ON CONFLICT DO NOTHING`
}
