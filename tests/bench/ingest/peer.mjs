// The peer: Fastify and pg, one row for each request, answered after its commit.
//   node peer.mjs PORT DSN [bins]     "bins": the same statement also raises the minute's total
// Its tables are in peer.sql.
import { createHash, randomUUID } from 'node:crypto'
import Fastify from 'fastify'
import pg from 'pg'

const [port, dsn, mode] = process.argv.slice(2)
const pool = new pg.Pool({ connectionString: dsn, max: 32 })

const insert = 'insert into peer_report values ($1, $2, now(), $3, $4, $5, $6, $7)'
const insertAndCount = `with stored as (${insert} returning 1)
  insert into peer_bin values ($2, date_trunc('minute', now()), 1)
  on conflict (service, minute) do update set reports = peer_bin.reports + 1`
const statement = mode === 'bins'
  ? { name: 'count', text: insertAndCount }
  : { name: 'insert', text: insert }

const app = Fastify({ trustProxy: true })
const body = {
  type: 'object',
  additionalProperties: false,
  properties: {
    category: { type: 'string', maxLength: 64 },
    message: { type: 'string', maxLength: 500 },
    region: { type: 'string', maxLength: 6 },
    works: { type: 'boolean' }
  }
}
app.post('/api/v1/services/:slug/reports', { schema: { body } }, async (request, reply) => {
  const { category, message, region, works } = request.body
  const id = randomUUID()
  const reporter = createHash('sha256').update(request.ip).digest().subarray(0, 16)
  await pool.query({ ...statement, values: [id, request.params.slug, reporter, category, region, message, works ?? false] })
  return reply.code(202).send({ id })
})
app.get('/healthz', async () => 'ok')
await app.listen({ port: Number(port), host: '127.0.0.1' })
