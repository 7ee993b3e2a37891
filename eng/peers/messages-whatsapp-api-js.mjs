// The messages of tests/WhatsSession.MessageKinds.Tests, built by whatsapp-api-js. Kinds that it cannot build are left out.
import { WhatsAppAPI } from "whatsapp-api-js";
import * as w from "whatsapp-api-js/messages";
import { accepted, phoneNumberId, printAll, to } from "./print.mjs";

const posted = [];
const client = new WhatsAppAPI({ token: "token", secure: false, v: "v26.0", ponyfill: { fetch: async (_, init) => { posted.push(JSON.parse(init.body)); return accepted(); } } });
const send = message => client.sendMessage(phoneNumberId, to, message);
const interactive = (...parts) => send(new w.Interactive(...parts));
const template = (...components) => send(new w.Template("t", "en_US", ...components));
const body = new w.Body("Body");
const footer = new w.Footer("Footer");
const header = new w.Header("Header");
const product = id => new w.Product(id);

await printAll({
  "text": () => send(new w.Text("Hello")),
  "text with preview": () => send(new w.Text("See https://shop.example.test", true)),
  "text in reply": () => client.sendMessage(phoneNumberId, to, new w.Text("Yes"), "wamid.a"),
  "image": () => send(new w.Image("9", true, "c")),
  "video": () => send(new w.Video("https://cdn.example.test/v.mp4", false, "c")),
  "audio": () => send(new w.Audio("9", true)),
  "voice note": () => send(new w.Audio("9", true, true)),
  "document": () => send(new w.Document("9", true, "c", "f.pdf")),
  "sticker": () => send(new w.Sticker("9", true)),
  "location": () => send(new w.Location(13.405, 52.52, "Shop", "1 Road")),
  "contacts": () => send(new w.Contacts([
    new w.Name("Ana Silva", "Ana", "Silva"), new w.Birthday("1990", "01", "02"), new w.Organization("Shop", "Sales", "Head"), new w.Phone("+1 555 000 1234", "CELL", "15550001234"),
    new w.Email("a@shop.example", "WORK"), new w.Address("United States", "us", "CA", "Town", "1 Road", "94000", "HOME"), new w.Url("https://shop.example/p", "WORK")])),
  "reaction": () => send(new w.Reaction("wamid.a", "\u{1F44D}")),
  "reaction taken back": () => send(new w.Reaction("wamid.a")),
  "reply buttons": () => interactive(new w.ActionButtons(new w.Button("y", "Yes"), new w.Button("n", "No")), body, new w.Header(new w.Image("9", true)), footer),
  "list": () => interactive(new w.ActionList("Open", new w.ListSection("One", new w.Row("a", "A", "d")), new w.ListSection("Two", new w.Row("b", "B"))), body, header, footer),
  "button to a page": () => interactive(new w.ActionCTA("Open", "https://shop.example/p"), body, header, footer),
  "location request": () => interactive(new w.ActionLocation(), new w.Body("Where?")),
  "flow": () => interactive(new w.ActionDataExchangeFlow("t", "7", "Open"), body),
  "flow that navigates": () => interactive(new w.ActionNavigateFlow("t", "7", "Open", "FIRST", { a: 1 }, "draft"), body),
  "product": () => interactive(new w.ActionProduct(new w.CatalogProduct("a", "1")), body, undefined, footer),
  "products": () => interactive(new w.ActionProductList("1", new w.ProductSection("One", product("a"))), body, header),
  "catalog": () => interactive(new w.ActionCatalog(product("a")), body),
  "call permission": () => interactive(new w.ActionCallPermission(), body),
  "phone number request": () => interactive(new w.ActionContactRequest(), body),
  "mark as read": () => client.markAsRead(phoneNumberId, "wamid.a"),
  "typing": () => client.markAsRead(phoneNumberId, "wamid.a", "text"),
  "template without values": () => template(),
  "template": () => template(new w.BodyComponent(new w.BodyParameter("a"), new w.BodyParameter("b"))),
  "template, named": () => template(new w.HeaderComponent(new w.HeaderParameter("h", "x")), new w.BodyComponent(new w.BodyParameter("a", "y"))),
  "template, currency and date": () => template(new w.BodyComponent(new w.BodyParameter(new w.Currency(1230, "USD", "$1.23")), new w.BodyParameter(new w.DateTime("May 1")))),
  "template, image": () => template(new w.HeaderComponent(new w.HeaderParameter(new w.Image("9", true)))),
  "template, video": () => template(new w.HeaderComponent(new w.HeaderParameter(new w.Video("https://cdn.example.test/v.mp4")))),
  "template, document": () => template(new w.HeaderComponent(new w.HeaderParameter(new w.Document("9", true)))),
  "template, location": () => template(new w.HeaderComponent(new w.HeaderParameter(new w.Location(13.405, 52.52, "Shop", "1 Road")))),
  "template, product": () => template(new w.HeaderComponent(new w.HeaderParameter(new w.CatalogProduct("a", "1")))),
  "template, buttons": () => template(new w.URLComponent("x"), new w.PayloadComponent("p")),
  "template, coupon": () => template(new w.CopyComponent("KETTLE20")),
  "template, flow": () => template(new w.FlowComponent("k", { a: 1 })),
  "template, catalog": () => template(new w.CatalogComponent(product("a"))),
  "template, products": () => template(new w.MPMComponent(product("a"), new w.ProductSection("One", product("a"), product("b")))),
  "template, one-time code": () => send(w.Template.OTP("t", "en_US", "482913")),
  "template, offer": () => template(new w.LTOComponent(1795504800000)),
  "template, tap target": () => template(new w.TapTargetComponent("Offer", "https://shop.example/p")),
  "template, language policy": () => send(new w.Template("t", new w.Language("en_US", "deterministic"))),
  "template, carousel": () => template(new w.CarouselComponent(...[0, 1].map(i => new w.CarouselCard(new w.Image("9", true), new w.BodyComponent(new w.BodyParameter(`c${i}`)), new w.PayloadComponent(`p${i}`))))),
}, posted);
