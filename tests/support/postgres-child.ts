// A Duncan process that starts or joins the embedded server of a folder, says so on a line, and stops when told to.
import { startEmbeddedPostgres } from '#platform'

const server = await startEmbeddedPostgres(process.argv[2] ?? '')
process.stdout.write(`${JSON.stringify({ url: server.url('postgres'), adopted: server.adopted })}\n`)
await new Promise(resolve => process.stdin.once('data', resolve))
await server.stop()
process.exit()
