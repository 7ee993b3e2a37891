// Sends a text and a template to the emulator with a client that knows nothing of it, takes one webhook, and checks its signature itself.
// node kapso.mjs http://127.0.0.1:8080 dev dev-secret
import { createHmac, timingSafeEqual } from "node:crypto";
import { createServer } from "node:http";
import { once } from "node:events";
import { WhatsAppClient } from "@kapso/whatsapp-cloud-api";

const [baseUrl, accessToken, appSecret] = process.argv.slice(2);
const phoneNumberId = "314159265358979";
const to = "15550001234";

const fail = text => { console.error(text); process.exit(1); };
const isSigned = (body, header) => {
  const expected = Buffer.from("sha256=" + createHmac("sha256", appSecret).update(body).digest("hex"));
  const given = Buffer.from(header ?? "");
  return given.length === expected.length && timingSafeEqual(given, expected);
};

const received = [];
const server = createServer(async (request, response) => {
  if (request.method === "GET") return response.end(new URL(request.url, "http://localhost").searchParams.get("hub.challenge"));
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  const body = Buffer.concat(chunks);
  received.push({ body, isSigned: isSigned(body, request.headers["x-hub-signature-256"]) });
  response.end();
});
server.listen(0, "127.0.0.1");
await once(server, "listening");

const control = async (path, body) => {
  const response = await fetch(`${baseUrl}/_emulator/${path}`, { method: "POST", body: JSON.stringify(body) });
  if (!response.ok) fail(`${path}: ${response.status} ${await response.text()}`);
};
await control("webhook", { url: `http://127.0.0.1:${server.address().port}/` });
await control(`customers/${to}/actions`, { action: "says", text: "ol\u00e1 / hello" });

const client = new WhatsAppClient({ baseUrl, graphVersion: "v26.0", accessToken });
const text = await client.messages.sendText({ phoneNumberId, to, body: "Hello from outside" });
const template = await client.messages.sendTemplate({ phoneNumberId, to, template: { name: "hello_world", language: { code: "en_US" } } });
for (const answer of [text, template]) {
  if (!answer.messages?.[0]?.id?.startsWith("wamid.")) fail(`No message id in ${JSON.stringify(answer)}`);
}

await control("settle", {});
server.close();
const said = received.find(r => JSON.parse(r.body).entry[0].changes[0].value.messages?.[0]?.text?.body === "ol\u00e1 / hello");
if (!said) fail("The customer's message did not come.");
if (!received.every(r => r.isSigned)) fail("A signature is wrong.");
const statuses = received.map(r => JSON.parse(r.body).entry[0].changes[0].value.statuses?.[0]?.status).filter(Boolean);
console.log(`ok: text and template accepted, ${received.length} signed webhooks, statuses ${statuses.join(" ")}`);
