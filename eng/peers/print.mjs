// Prints what a client posts for each kind of message: one line of JSON each. Nothing leaves the process.
export const phoneNumberId = "314159265358979";
export const to = "15550001234";
export const accepted = () => new Response(JSON.stringify({ messaging_product: "whatsapp", contacts: [{ input: to, wa_id: to }], messages: [{ id: "wamid.a" }], success: true }), { headers: { "content-type": "application/json" } });

export const printAll = async (kinds, posted) => {
  for (const [kind, send] of Object.entries(kinds)) {
    posted.length = 0;
    await send();
    if (posted.length !== 1) throw new Error(`${kind}: ${posted.length} requests`);
    console.log(JSON.stringify({ kind, body: posted[0] }));
  }
};
