// The messages of tests/WhatsSession.MessageKinds.Tests, built by @kapso/whatsapp-cloud-api. Kinds that its typed methods cannot build are left out.
import { WhatsAppClient, buildTemplateSendPayload } from "@kapso/whatsapp-cloud-api";
import { accepted, phoneNumberId, printAll, to } from "./print.mjs";

const posted = [];
const client = new WhatsAppClient({ accessToken: "token", fetch: async (_, init) => { posted.push(JSON.parse(init.body)); return accepted(); } });
const m = client.messages;
const both = { phoneNumberId, to };
const template = input => m.sendTemplate({ ...both, template: buildTemplateSendPayload({ language: "en_US", ...input }) });
const card = (cardIndex, action) => ({ cardIndex, header: { type: "image", image: { link: `https://cdn.example.test/c${cardIndex}.jpg` } }, bodyText: `Card ${cardIndex}`, action });

await printAll({
  "text": () => m.sendText({ ...both, body: "Hello" }),
  "text with preview": () => m.sendText({ ...both, body: "See https://shop.example.test", previewUrl: true }),
  "text in reply": () => m.sendText({ ...both, body: "Yes", contextMessageId: "wamid.a" }),
  "text to a BSUID": () => m.sendText({ phoneNumberId, recipient: "US.40917263548812004417", body: "Hello" }),
  "text to a group": () => m.sendText({ phoneNumberId, to: "Z3JwOmludmVudGVk", recipientType: "group", body: "Hello" }),
  "image": () => m.sendImage({ ...both, image: { id: "9", caption: "c" } }),
  "video": () => m.sendVideo({ ...both, video: { link: "https://cdn.example.test/v.mp4", caption: "c" } }),
  "audio": () => m.sendAudio({ ...both, audio: { id: "9" } }),
  "voice note": () => m.sendAudio({ ...both, audio: { id: "9", voice: true } }),
  "document": () => m.sendDocument({ ...both, document: { id: "9", caption: "c", filename: "f.pdf" } }),
  "sticker": () => m.sendSticker({ ...both, sticker: { id: "9" } }),
  "location": () => m.sendLocation({ ...both, location: { latitude: 52.52, longitude: 13.405, name: "Shop", address: "1 Road" } }),
  "contacts": () => m.sendContacts({ ...both, contacts: [{
    name: { formattedName: "Ana Silva", firstName: "Ana", lastName: "Silva" }, birthday: "1990-01-02", org: { company: "Shop", department: "Sales", title: "Head" },
    phones: [{ phone: "+1 555 000 1234", type: "CELL", waId: "15550001234" }], emails: [{ email: "a@shop.example", type: "WORK" }],
    addresses: [{ street: "1 Road", city: "Town", state: "CA", zip: "94000", country: "United States", countryCode: "us", type: "HOME" }], urls: [{ url: "https://shop.example/p", type: "WORK" }] }] }),
  "reaction": () => m.sendReaction({ ...both, reaction: { messageId: "wamid.a", emoji: "\u{1F44D}" } }),
  "reaction taken back": () => m.sendReaction({ ...both, reaction: { messageId: "wamid.a", emoji: "" } }),
  "reply buttons": () => m.sendInteractiveButtons({ ...both, bodyText: "Body", footerText: "Footer", header: { type: "image", image: { id: "9" } }, buttons: [{ id: "y", title: "Yes" }, { id: "n", title: "No" }] }),
  "list": () => m.sendInteractiveList({ ...both, bodyText: "Body", buttonText: "Open", header: { type: "text", text: "Header" }, footerText: "Footer", sections: [{ title: "One", rows: [{ id: "a", title: "A", description: "d" }] }, { title: "Two", rows: [{ id: "b", title: "B" }] }] }),
  "button to a page": () => m.sendInteractiveCtaUrl({ ...both, bodyText: "Body", header: { type: "text", text: "Header" }, footerText: "Footer", parameters: { displayText: "Open", url: "https://shop.example/p" } }),
  "location request": () => m.sendInteractiveLocationRequest({ ...both, bodyText: "Where?", parameters: { requestMessage: "Where?" } }),
  "address form": () => m.sendInteractiveAddress({ phoneNumberId, to: "919800000001", bodyText: "Where to?", parameters: { country: "IN", values: { name: "Asha" } } }),
  "flow": () => m.sendInteractiveFlow({ ...both, bodyText: "Body", parameters: { flowId: "7", flowCta: "Open", flowToken: "t", flowAction: "data_exchange" } }),
  "flow that navigates": () => m.sendInteractiveFlow({ ...both, bodyText: "Body", parameters: { flowId: "7", flowCta: "Open", flowToken: "t", mode: "draft", flowAction: "navigate", flowActionPayload: { screen: "FIRST", data: { a: 1 } } } }),
  "product": () => m.sendInteractiveProduct({ ...both, bodyText: "Body", footerText: "Footer", catalogId: "1", productRetailerId: "a" }),
  "products": () => m.sendInteractiveProductList({ ...both, bodyText: "Body", header: { type: "text", text: "Header" }, catalogId: "1", sections: [{ title: "One", productItems: [{ productRetailerId: "a" }] }] }),
  "catalog": () => m.sendInteractiveCatalogMessage({ ...both, bodyText: "Body", parameters: { thumbnailProductRetailerId: "a" } }),
  "media carousel": () => m.sendInteractiveCarousel({ ...both, bodyText: "Body", cards: [0, 1].map(i => card(i, { displayText: "Open", url: "https://shop.example/p" })) }),
  "media carousel with replies": () => m.sendInteractiveCarousel({ ...both, bodyText: "Body", cards: [0, 1].map(i => card(i, { buttons: [{ id: `r${i}`, title: "More" }] })) }),
  "call permission": () => m.sendInteractiveCallPermission({ ...both, bodyText: "Body", parameters: { phoneNumber: to } }),
  "mark as read": () => m.markRead({ phoneNumberId, messageId: "wamid.a" }),
  "typing": () => m.markRead({ phoneNumberId, messageId: "wamid.a", typingIndicator: { type: "text" } }),
  "template without values": () => m.sendTemplate({ ...both, template: { name: "t", language: { code: "en_US" } } }),
  "template, language policy": () => m.sendTemplate({ ...both, template: { name: "t", language: { code: "en_US", policy: "deterministic" } } }),
  "template": () => template({ name: "t", body: [{ type: "text", text: "a" }, { type: "text", text: "b" }] }),
  "template, named": () => template({ name: "t", header: { type: "text", text: "h", parameterName: "x" }, body: [{ type: "text", text: "a", parameterName: "y" }] }),
  "template, currency and date": () => template({ name: "t", body: [{ type: "currency", currency: { fallbackValue: "$1.23", code: "USD", amount1000: 1230 } }, { type: "date_time", dateTime: { fallbackValue: "May 1" } }] }),
  "template, image": () => template({ name: "t", header: { type: "image", image: { id: "9" } } }),
  "template, video": () => template({ name: "t", header: { type: "video", video: { link: "https://cdn.example.test/v.mp4" } } }),
  "template, document": () => template({ name: "t", header: { type: "document", document: { id: "9" } } }),
  "template, location": () => template({ name: "t", header: { type: "location", location: { latitude: "52.52", longitude: "13.405", name: "Shop", address: "1 Road" } } }),
  "template, buttons": () => template({ name: "t", buttons: [{ type: "button", subType: "url", index: "0", parameters: [{ type: "text", text: "x" }] }, { type: "button", subType: "quick_reply", index: "1", parameters: [{ type: "payload", payload: "p" }] }] }),
  "template, coupon": () => template({ name: "t", buttons: [{ type: "button", subType: "copy_code", index: "0", parameters: [{ type: "coupon_code", coupon_code: "KETTLE20" }] }] }),
  "template, flow": () => template({ name: "t", buttons: [{ type: "button", subType: "flow", index: "0", parameters: [{ type: "action", action: { flow_token: "k", flow_action_data: { a: 1 } } }] }] }),
  "template, one-time code": () => template({ name: "t", body: [{ type: "text", text: "482913" }], buttons: [{ type: "button", subType: "url", index: "0", parameters: [{ type: "text", text: "482913" }] }] }),
  "template, carousel": () => template({ name: "t", cards: [0, 1].map(i => ({ cardIndex: i, components: [{ type: "header", parameters: [{ type: "image", image: { id: "9" } }] }, { type: "body", parameters: [{ type: "text", text: `c${i}` }] }, { type: "button", subType: "quick_reply", index: "0", parameters: [{ type: "payload", payload: `p${i}` }] }] })) }),
}, posted);
