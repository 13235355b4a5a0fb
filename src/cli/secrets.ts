import { Command } from 'commander'
import { connectDatabase, createSecrets, newSecretKey, platformConfig, readConfig, readEnvironment } from '#platform'

export function secretsCommand(): Command {
  const secrets = new Command('secrets')
  secrets
    .command('new-key')
    .description('print a new key for DUNCAN_SECRET_KEY')
    .addHelpText(
      'after',
      '\nTo change the key: set DUNCAN_SECRET_KEY to <new key>,<old key> and restart every Duncan; run `duncan secrets rotate`; then take the old key out.',
    )
    .action(() => console.log(newSecretKey()))
  secrets.command('rotate').description('seal every secret anew with the first key of DUNCAN_SECRET_KEY').action(rotate)
  return secrets
}

async function rotate(): Promise<void> {
  const config = readConfig(platformConfig, readEnvironment())
  const database = await connectDatabase(config)
  try {
    const { renewed, unchanged, keyId, otherKeyIds } = await createSecrets(config).rotate(database.client, 'cli')
    console.log(`${renewed} secrets sealed anew with key ${keyId}; ${unchanged} were sealed with it already.`)
    if (otherKeyIds.length > 0) console.log(`No secret needs the other keys any more (${otherKeyIds.join(', ')}): take them out.`)
  } finally {
    await database.close()
  }
}
