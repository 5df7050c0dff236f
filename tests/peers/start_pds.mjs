// A real AT Protocol server for tests: a PLC directory in memory and a PDS, on 127.0.0.1 only.
//
//   node start_pds.mjs PDS_PORT PLC_PORT DATA_DIR      (port 0: any free port)
//
// Prints one line of JSON when ready: {"origin", "plc", "admin_password", "pid"}. SIGTERM stops it.
// Handles end in ".test". Any PDS_* variable of the environment goes before what is set here.
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdirSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";

const HOST = "127.0.0.1";
const [pdsPort = "0", plcPort = "0", dataDir] = process.argv.slice(2);
if (!dataDir) {
  console.error("usage: node start_pds.mjs PDS_PORT PLC_PORT DATA_DIR");
  process.exit(2);
}
process.env.LOG_ENABLED ??= "false"; // read at import by the servers' loggers

const { PlcServer, Database: PlcDatabase } = await import("@did-plc/server");
const { PDS, envToCfg, envToSecrets, readEnv } = await import("@atproto/pds");

/** Both servers call listen(port), which is every interface: this makes it the loopback. */
function onLoopback(app) {
  const listen = app.listen.bind(app);
  app.listen = (port) => listen(port, HOST);
}

/** The PDS writes its own address into each account's identity, so it must know its port first. */
async function freePort() {
  const probe = createServer().listen(0, HOST);
  await once(probe, "listening");
  const { port } = probe.address();
  probe.close();
  await once(probe, "close");
  return port;
}

const hex = (bytes) => randomBytes(bytes).toString("hex");

async function startPlc() {
  const plc = PlcServer.create({ db: PlcDatabase.mock(), port: Number(plcPort) });
  onLoopback(plc.app);
  const server = await plc.start();
  return { plc, origin: `http://${HOST}:${server.address().port}` };
}

async function startPds(plcOrigin) {
  mkdirSync(dataDir, { recursive: true });
  const adminPassword = hex(16);
  const own = {
    PDS_HOSTNAME: "localhost",
    PDS_PORT: String(Number(pdsPort) || (await freePort())),
    PDS_DATA_DIRECTORY: dataDir,
    PDS_BLOBSTORE_DISK_LOCATION: join(dataDir, "blobs"),
    PDS_DID_PLC_URL: plcOrigin,
    PDS_DEV_MODE: "true",
    PDS_INVITE_REQUIRED: "false",
    PDS_RATE_LIMITS_ENABLED: "false",
    PDS_DPOP_SECRET: hex(32),
    PDS_JWT_SECRET: hex(32),
    PDS_ADMIN_PASSWORD: adminPassword,
    PDS_REPO_SIGNING_KEY_K256_PRIVATE_KEY_HEX: hex(32),
    PDS_PLC_ROTATION_KEY_K256_PRIVATE_KEY_HEX: hex(32),
  };
  for (const [name, value] of Object.entries(own)) process.env[name] ??= value;
  const env = readEnv();
  const pds = await PDS.create(envToCfg(env), envToSecrets(env));
  onLoopback(pds.app);
  await pds.start();
  return { pds, origin: `http://${HOST}:${env.port}`, adminPassword: env.adminPassword };
}

const { plc, origin: plcOrigin } = await startPlc();
const { pds, origin, adminPassword } = await startPds(plcOrigin);

let stopping = false;
async function stop() {
  if (stopping) return;
  stopping = true;
  await pds.destroy();
  await plc.destroy();
  process.exit(0);
}
process.on("SIGTERM", stop);
process.on("SIGINT", stop);

const ready = { origin, plc: plcOrigin, admin_password: adminPassword, pid: process.pid };
console.log(JSON.stringify(ready));
