"use strict";
// Everything that came from outside goes into the page as text, never as HTML.
(() => {
  const $ = id => document.getElementById(id);
  const api = "/_emulator/";
  const responses = ["none", "drop_after_accepting", "connection_reset", "too_many_requests", "too_many_requests_with_retry_after", "server_error", "bad_gateway_html", "empty_unavailable", "empty_object"];
  const switches = [
    ["duplicate_webhooks", "Webhooks come twice"], ["reorder_webhooks", "Webhooks swap places"], ["hold_webhooks", "Hold webhooks back"],
    ["wrong_signature", "Wrong signature"], ["unknown_types", "Unknown types"], ["unknown_fields", "Unknown fields"],
    ["webhook_delay", "Webhooks late by, s"], ["webhook_batch", "Updates per webhook"], ["clock_skew", "Meta's clock ahead by, s"], ["response_delay", "Answers take, s"],
  ];
  const emojis = ["\u{1F44D}", "\u2764\uFE0F", "\u{1F602}", "\u{1F62E}", "\u{1F64F}"];
  let quoting = null, phone = null, number = null, customers = [], state = null, clockAt = 0, clockBase = 0, shown = "", busy = false, again = false, changing = 0, changed = 0;

  const node = (tag, attributes, ...children) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes || {})) {
      if (value === undefined || value === null || value === false) continue;
      if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
      else if (name === "class") element.className = value;
      else element.setAttribute(name, value === true ? "" : value);
    }
    element.append(...children.filter(c => c !== null && c !== undefined && c !== ""));
    return element;
  };

  const problem = text => { $("problem").textContent = text; };

  async function ask(method, path, body) {
    const options = { method };
    if (body instanceof Blob) options.body = body;
    else if (body !== undefined) { options.body = JSON.stringify(body); options.headers = { "Content-Type": "application/json" }; }
    const response = await fetch(api + path, options);
    const json = await response.json();
    if (!response.ok) throw new Error(json.error?.error_data?.details || json.error?.message || "It did not work.");
    return json;
  }

  async function attempt(work) {
    try { problem(""); await work(); } catch (e) { problem(e.message); }
    await refresh();
  }

  // A person changes a control: what was asked for before the change is made is older than what the control shows.
  const change = work => attempt(async () => {
    changing++;
    try { await work(); } finally { changing--; changed++; }
  });

  const act = (action, more) => attempt(() => {
    if (!phone) throw new Error("Add a customer first.");
    return ask("POST", `customers/${encodeURIComponent(phone)}/actions`, { action, number, ...more });
  });

  const day = at => new Date(at).toLocaleDateString("en-GB", { timeZone: "UTC", weekday: "short", day: "numeric", month: "short", year: "numeric" });
  const clock = at => new Date(at).toISOString().slice(11, 16);
  const now = () => clockAt + (state?.frozen ? 0 : performance.now() - clockBase);

  function span(milliseconds) {
    const seconds = Math.max(0, Math.floor(milliseconds / 1000));
    const two = n => String(n).padStart(2, "0");
    return `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  }

  function tick() {
    if (!state) return;
    $("now").textContent = new Date(now()).toISOString().replace("T", "  ").slice(0, 20) + " UTC";
    const closes = customers.find(c => c.phone === phone)?.windows[number];
    const left = closes ? Date.parse(closes) - now() : 0;
    $("window").className = "window " + (left > 0 ? "open" : "closed");
    $("window").textContent = left > 0 ? `Window open for ${span(left)}` : closes ? "Window closed: templates only" : "Window never opened: templates only";
  }

  const url = value => /^https?:\/\//i.test(value || "") ? value : null;

  function media(kind, content) {
    const source = content.id ? `${api}media/${encodeURIComponent(content.id)}` : null;
    const name = content.filename || content.caption;
    const label = name ? `${kind}: ${name}` : kind;
    if (source && (kind === "image" || kind === "sticker")) return node("img", { src: source, alt: content.caption || "Picture", onload: () => { $("chat").scrollTop = $("chat").scrollHeight; } });
    if (source && kind === "video") return node("video", { src: source, controls: true });
    if (source && kind === "audio") return node("audio", { src: source, controls: true });
    const link = source || url(content.link);
    return link ? node("a", { class: "file", href: link, target: "_blank", rel: "noreferrer" }, label) : node("span", { class: "file" }, label);
  }

  // WhatsApp's marks and links, as nodes.
  const marks = { "*": "strong", "_": "em", "~": "s", "`": "code" };
  const pattern = /https?:\/\/[^\s<>"']+|```([\s\S]+?)```|(?<![\p{L}\p{N}])([*_~`])(?=\S)((?:(?!\2)[^\n])*(?!\2)\S)\2(?![\p{L}\p{N}])/gu;
  function rich(text) {
    const parts = [];
    let at = 0;
    for (const match of String(text).matchAll(pattern)) {
      const [whole, mono, mark, inner] = match;
      const link = mono || mark ? null : whole.replace(/[.,!?:;)\]]+$/, "");
      parts.push(text.slice(at, match.index), mono ? node("code", {}, mono) : mark === "`" ? node("code", {}, inner) : mark ? node(marks[mark], {}, ...rich(inner))
        : node("a", { href: link, target: "_blank", rel: "noreferrer" }, link));
      at = match.index + (link ?? whole).length;
    }
    return [...parts, text.slice(at)].filter(p => p !== "");
  }

  const paragraph = (text, kind) => text ? node("p", { class: kind }, ...rich(text)) : null;

  function template(message) {
    const parts = message.template.components;
    const of = type => parts.find(p => String(p.type).toUpperCase() === type);
    const sent = (message.message.template.components || []).find(c => String(c.type).toLowerCase() === "header");
    const given = sent?.parameters?.[0];
    const header = of("HEADER");
    const files = ["image", "video", "document"].includes(given?.type) ? media(given.type, given[given.type] || {}) : null;
    const others = (of("BUTTONS")?.buttons || []).filter(b => String(b.type).toUpperCase() !== "QUICK_REPLY");
    return [node("p", { class: "tag" }, `Template ${message.template.name}, ${message.template.language}`), files, paragraph(header?.text?.replace(/\{\{[^}]*\}\}/, () => given?.text ?? ""), "head"), paragraph(message.text), paragraph(of("FOOTER")?.text, "foot"),
      others.length ? node("p", { class: "kind" }, others.map(b => `[${b.text || b.type}]`).join(" ")) : null];
  }

  function interactive(content) {
    const header = content.header || {};
    const action = content.action || {};
    const link = action.parameters?.url;
    return [header.type && header.type !== "text" ? media(header.type, header[header.type] || {}) : paragraph(header.text, "head"), paragraph(content.body?.text), paragraph(content.footer?.text, "foot"),
      url(link) ? node("a", { href: link, target: "_blank", rel: "noreferrer" }, action.parameters.display_text || link) : null,
      ["button", "list", "cta_url", "carousel"].includes(content.type) ? null : node("p", { class: "kind" }, content.type.replaceAll("_", " "))];
  }

  function content(message, type) {
    const own = message[type];
    switch (type) {
      case "text": return [paragraph(own?.body)];
      case "image": case "video": case "audio": case "document": case "sticker": return [media(type, own || {}), paragraph(own?.caption)];
      case "location": return [node("p", {}, `\u{1F4CD} ${own?.name || "Location"}`), paragraph(`${own?.latitude}, ${own?.longitude}`, "kind")];
      case "contacts": return (own || []).map(c => node("p", {}, `\u{1F464} ${c.name?.formatted_name || "Contact"} ${c.phones?.[0]?.phone || ""}`));
      case "reaction": return [node("p", {}, own?.emoji || "(reaction taken back)")];
      case "button": return [paragraph(own?.text)];
      case "interactive": {
        const reply = own?.button_reply || own?.list_reply;
        return reply ? [paragraph(reply.title), paragraph(reply.description, "kind")] : own?.nfm_reply ? [paragraph("Form sent"), paragraph(own.nfm_reply.response_json, "kind")] : interactive(own || {});
      }
      default: return [node("p", { class: "kind" }, `(${type})`)];
    }
  }

  // The cards of a carousel: of an interactive message as they were sent, of a template with the parameters filled in.
  function cards(entry) {
    const sent = entry.message.interactive?.type === "carousel" ? entry.message.interactive.action.cards
      : entry.template ? (entry.message.template.components || []).find(c => String(c.type).toLowerCase() === "carousel")?.cards : null;
    if (!sent?.length) return null;
    const shapes = entry.template ? entry.template.components.find(c => String(c.type).toUpperCase() === "CAROUSEL").cards : null;
    return node("ol", { class: "cards", "aria-label": "Cards", tabindex: "0" }, ...sent.map((card, i) => node("li", {}, ...(shapes ? templateCard(shapes[Math.min(i, shapes.length - 1)], card) : interactiveCard(card)))));
  }

  function interactiveCard(card) {
    const link = card.action?.parameters?.url;
    return [card.header ? media(card.header.type, card.header[card.header.type] || {}) : null, paragraph(card.body?.text),
      url(link) ? node("a", { href: link, target: "_blank", rel: "noreferrer" }, card.action.parameters.display_text || link) : null,
      card.action?.product_retailer_id ? paragraph(`Product ${card.action.product_retailer_id}`, "kind") : null,
      ...(card.action?.buttons || []).map(b => tap(b.quick_reply?.id, b.quick_reply?.title))];
  }

  function templateCard(shape, card) {
    const of = (list, type) => (list || []).find(p => String(p.type).toUpperCase() === type);
    const given = of(card.components, "HEADER")?.parameters?.[0];
    const values = of(card.components, "BODY")?.parameters || [];
    let next = 0;
    const body = of(shape.components, "BODY")?.text?.replace(/\{\{\s*(\w+)\s*\}\}/g, (whole, name) => (values.find(v => v.parameter_name === name) ?? values[next++])?.text ?? whole);
    const payload = index => (card.components || []).find(c => String(c.sub_type).toLowerCase() === "quick_reply" && Number(c.index) === index)?.parameters?.[0]?.payload;
    return [given && given.type !== "text" ? media(given.type, given[given.type] || {}) : null, paragraph(body),
      ...(of(shape.components, "BUTTONS")?.buttons || []).map((b, i) => String(b.type).toUpperCase() === "QUICK_REPLY" ? tap(payload(i) ?? b.text, b.text) : paragraph(`[${b.text || b.type}]`, "kind"))];
  }

  const tap = (id, title) => node("button", { type: "button", onclick: () => act("taps", { id }) }, title);

  function choices(message) {
    const outside = (message.choices || []).filter(c => !c.in_card);
    if (!outside.length) return null;
    const isList = outside[0].action === "picks";
    return node("div", { class: "choices", role: "group", "aria-label": isList ? "Rows" : "Buttons" },
      isList ? node("h3", {}, message.message.interactive?.action?.button || "Choose") : null,
      ...outside.map(c => node("button", { type: "button", onclick: () => act(c.action, { id: c.id }) }, c.title, c.description ? node("small", {}, c.description) : null)));
  }

  const idOf = entry => entry.id || entry.message.id;
  const answered = entry => entry.from === "customer" ? entry.message.context?.id : entry.message.context?.message_id;

  function summary(entry) {
    if (!entry) return "An earlier message";
    const own = entry.message[entry.message.type] || {};
    return entry.text || own.body || own.caption || own.button_reply?.title || own.list_reply?.title || own.text || entry.message.type;
  }

  // The reactions that stand: the last of each side.
  function reactionsOf(messages) {
    const reactions = new Map();
    for (const entry of messages.filter(m => m.message.type === "reaction")) {
      const target = entry.message.reaction.message_id;
      reactions.set(target, { ...reactions.get(target), [entry.from]: entry.message.reaction.emoji });
    }
    return reactions;
  }

  function quote(entry) {
    quoting = entry && idOf(entry);
    $("quoting").hidden = !entry;
    $("quoted").textContent = entry ? `Answering: ${summary(entry)}` : "";
    if (entry) $("text").focus();
  }

  function tools(entry, own) {
    return node("div", { class: "tools", role: "group", "aria-label": "Answer this message" },
      node("button", { type: "button", onclick: () => quote(entry) }, "Quote"),
      ...emojis.map(emoji => node("button", { type: "button", class: "emoji", "aria-label": `React with ${emoji}`, "aria-pressed": String(own === emoji), onclick: () => act("reacts", { message_id: entry.id, emoji: own === emoji ? "" : emoji }) }, emoji)));
  }

  function bubble(entry, messages, reactions) {
    const mine = entry.from === "customer";
    const type = mine ? entry.message.type : entry.type;
    const parts = entry.template ? template(entry) : content(entry.message, type);
    const flow = !mine && entry.message.interactive?.type === "flow"
      ? node("div", { class: "choices" }, node("button", { type: "button", onclick: () => act("completes_flow", { message_id: entry.id, response: { flow_token: entry.message.interactive.action.parameters.flow_token || "unused", completed: true } }) }, entry.message.interactive.action.parameters.flow_cta || "Open"))
      : null;
    const target = answered(entry);
    const reaction = reactions.get(idOf(entry)) || {};
    const stand = [reaction.customer, reaction.business].filter(Boolean);
    return node("li", { class: `message${mine ? " mine" : ""}${type === "reaction" ? " reaction" : ""}${entry.template ? " template" : ""}` },
      node("span", { class: "hidden" }, mine ? "You: " : "Business: "),
      target ? node("p", { class: "quote" }, summary(messages.find(m => idOf(m) === target))) : null, ...parts, mine ? null : cards(entry), choices(entry), flow,
      node("time", { datetime: entry.at }, clock(entry.at), mine ? node("span", { class: entry.read ? "read" : "" }, entry.read ? " \u2713\u2713" : " \u2713") : ""),
      stand.length ? node("span", { class: "reactions", "aria-label": "Reactions" }, stand.join("")) : null,
      mine || type === "reaction" ? null : tools(entry, reaction.customer));
  }

  // A line for each day; a reaction stands at its message, unless that is not here.
  function bubbles(messages) {
    const reactions = reactionsOf(messages);
    const ids = new Set(messages.map(idOf));
    const lines = [];
    let last = null;
    for (const entry of messages.filter(m => m.message.type !== "reaction" || !ids.has(m.message.reaction.message_id))) {
      if (day(entry.at) !== last) lines.push(node("li", { class: "day" }, last = day(entry.at)));
      lines.push(bubble(entry, messages, reactions));
    }
    return lines;
  }

  function showChat(chat) {
    const key = JSON.stringify([phone, number, chat]);
    if (key === shown) return;
    shown = key;
    const list = $("chat");
    list.replaceChildren(...(chat?.messages.length ? bubbles(chat.messages) : [node("li", { class: "empty" }, phone ? "Nothing yet. Write something: it opens the 24-hour window." : "Add a customer on the left to begin.")]));
    list.scrollTop = list.scrollHeight;
    for (const button of $("actions").querySelectorAll("[data-undo]")) {
      button.dataset.label ||= button.textContent;
      const on = Boolean(chat?.[button.dataset.state]);
      button.textContent = on ? button.dataset.undoLabel : button.dataset.label;
      button.setAttribute("aria-pressed", String(on));
    }
  }

  function showCustomers() {
    $("customers").replaceChildren(...customers.map(c => node("li", {},
      node("button", { type: "button", "aria-current": String(c.phone === phone), onclick: () => { phone = c.phone; quote(null); refresh(); $("text").focus(); } }, c.name, node("small", {}, c.hides_phone ? `${c.username} (phone hidden)` : "+" + c.phone)))));
  }

  function makeFaults() {
    const set = (name, value) => change(() => ask("POST", "faults", { [name]: value }));
    $("faults").append(
      node("label", { class: "field" }, "Answers", node("select", { id: "fault-response", onchange: e => set("response", e.target.value) }, ...responses.map(r => node("option", { value: r }, r.replaceAll("_", " "))))),
      ...switches.map(([name, label]) => typeof state.faults[name] === "boolean"
        ? node("label", { class: "check" }, node("input", { type: "checkbox", id: "fault-" + name, onchange: e => set(name, e.target.checked) }), label)
        : node("label", { class: "field" }, label, node("input", { type: "number", id: "fault-" + name, onchange: e => set(name, Number(e.target.value)) }))));
  }

  function showControls() {
    for (const [name, value] of Object.entries(state.faults)) {
      const field = $("fault-" + name);
      if (!field || field === document.activeElement && field.type === "number") continue;
      if (field.type === "checkbox") field.checked = value; else field.value = value;
    }
    $("frozen").checked = state.frozen;
    $("limits").checked = state.rate_limits;
  }

  function showState(isOld) {
    if (!$("faults").childElementCount) makeFaults();
    if (!isOld) showControls();
    if ($("number").childElementCount !== state.numbers.length) {
      $("number").replaceChildren(...state.numbers.map(n => node("option", { value: n.id }, `${n.verified_name} (+${n.display_phone_number})`)));
    }
    number ||= state.numbers[0].id;
    $("business").textContent = state.numbers.find(n => n.id === number).verified_name;
    const hooks = state.webhooks;
    const isConnected = hooks.connected || hooks.overrides.length > 0;
    const unverified = [hooks, ...hooks.overrides].some(t => t.verified === false);
    $("target").className = hooks.waiting || unverified || !isConnected ? "bad" : "";
    const to = target => `${target.url || "a function"}${target.verified === false ? " (did not answer the handshake)" : ""}`;
    $("target").textContent = (isConnected ? [...(hooks.connected ? [`To ${to(hooks)}`] : []), ...hooks.overrides.map(t => `${t.id} to ${to(t)}`)].join("; ") + "." : "No consumer is connected: webhooks are only recorded.")
      + (hooks.waiting ? ` ${hooks.waiting} not answered with 200: they will be tried again.` : "") + (hooks.held ? ` ${hooks.held} held back.` : "");
    fill("webhooks", hooks.latest, "Nothing yet: the customer has done nothing.", w => ({
      title: w.kind, at: w.at, bad: w.attempts && w.status_code !== 200,
      outcome: w.attempts ? `${w.status_code || "no answer"}${w.attempts > 1 ? `, ${w.attempts} times` : ""}` : isConnected ? "waits" : "not posted",
    }));
    fill("requests", state.requests, "None yet: the app has sent nothing to this address.", r => ({
      title: r.type ? `${r.type}${r.to ? ` to ${nameOf(r.to)}` : ""}` : `${r.method} ${r.path.split("/").slice(-1)[0] || r.path}`, at: r.at, bad: r.status_code !== 200,
      outcome: r.status_code === 200 ? (r.message_id && r.type !== "read" && r.type !== "typing" ? "accepted" : "ok") : r.status_code === 0 ? "cut off" : `refused, ${r.error_code || r.status_code}`,
      reason: r.reason,
    }));
  }

  const nameOf = to => customers.find(c => c.phone === to || c.user_id === to)?.name || to;

  // What a journal's card shows; each line opens its JSON. A line that is the same stays, so that it keeps the focus.
  function fill(list, items, empty, describe) {
    const key = JSON.stringify(items.map(describe));
    if ($(list).dataset.key === key) return;
    $(list).dataset.key = key;
    $(list).replaceChildren(...(items.length ? items.map(item => {
      const { title, at, outcome, bad, reason } = describe(item);
      return node("li", {}, node("button", { type: "button", title: `${at.slice(0, 19).replace("T", " ")} UTC. Opens the JSON.`, onclick: () => open(list, item, title, outcome) },
        node("span", {}, title), node("span", { class: bad ? "bad" : "good" }, outcome), reason ? node("small", { class: "bad" }, reason) : null));
    }) : [node("li", { class: "none" }, empty)]));
  }

  const open = (list, item, title, outcome) => attempt(async () => {
    const { json, reason, method, path } = await ask("GET", `${list}/${item.sequence}`);
    $("json-title").textContent = method ? `${method} ${path}` : title;
    $("json-reason").textContent = reason ? `${outcome}: ${reason}` : outcome;
    $("json-text").textContent = json ? pretty(json) : "(no JSON body)";
    $("json").showModal();
  });

  function pretty(json) {
    try { return JSON.stringify(JSON.parse(json), null, 2); } catch { return json; }
  }

  async function refresh() {
    if (busy) { again = true; return; }
    busy = true;
    try {
      do {
        again = false;
        const before = changed;
        state = await ask("GET", "state");
        [clockAt, clockBase] = [Date.parse(state.now), performance.now()];
        customers = await ask("GET", "customers");
        if (!phone && customers.length) phone = customers[0].phone;
        const isOld = changing > 0 || changed !== before;
        again ||= changed !== before;
        showState(isOld);
        showCustomers();
        showChat(phone ? await ask("GET", `customers/${encodeURIComponent(phone)}/chat?number=${encodeURIComponent(number)}`) : null);
        tick();
      } while (again);
    } catch (e) {
      problem(`The emulator does not answer: ${e.message}`);
    } finally {
      busy = false;
    }
  }

  $("compose").addEventListener("submit", e => {
    e.preventDefault();
    const text = $("text").value;
    if (!text) return;
    $("text").value = "";
    if (quoting) act("quotes", { message_id: quoting, text }); else act("says", { text });
    quote(null);
  });
  $("file").addEventListener("change", e => {
    const file = e.target.files[0];
    if (!file) return;
    const kind = file.type === "image/webp" ? "sticker" : ["image", "video", "audio"].find(k => file.type.startsWith(k + "/")) || "document";
    const query = new URLSearchParams({ type: kind, mime_type: file.type || "application/octet-stream", filename: file.name, number });
    attempt(() => {
      if (!phone) throw new Error("Add a customer first.");
      return ask("POST", `customers/${encodeURIComponent(phone)}/media?${query}`, file);
    });
    e.target.value = "";
  });
  $("add").addEventListener("submit", e => {
    e.preventDefault();
    attempt(async () => {
      phone = (await ask("POST", "customers", { phone: $("add-phone").value, name: $("add-name").value })).phone;
      $("add").reset();
      $("text").focus();
    });
  });
  $("number").addEventListener("change", e => { quote(null); number = e.target.value; refresh(); });
  $("advance").addEventListener("click", e => e.target.dataset.by && attempt(() => ask("POST", "clock/advance?by=" + e.target.dataset.by)));
  $("frozen").addEventListener("change", e => change(() => ask("POST", "clock/frozen?value=" + e.target.checked)));
  $("limits").addEventListener("change", e => change(() => ask("POST", "options", { rate_limits: e.target.checked })));
  $("unquote").addEventListener("click", () => quote(null));
  $("json-close").addEventListener("click", () => $("json").close());
  $("share-contact").addEventListener("click", () => $("contact").showModal());
  $("contact-close").addEventListener("click", () => $("contact").close());
  $("contact-form").addEventListener("submit", e => {
    e.preventDefault();
    $("contact").close();
    act("shares_contact", { name: $("contact-name").value, phone: $("contact-phone").value });
  });
  $("clear-faults").addEventListener("click", () => change(() => ask("DELETE", "faults")));
  $("actions").addEventListener("click", e => {
    const button = e.target.closest("button[data-action]");
    if (!button) return;
    const action = button.getAttribute("aria-pressed") === "true" ? button.dataset.undo : button.dataset.action;
    const more = { calls: { answered: button.dataset.answered === "true" }, shares_location: { latitude: 40.748817, longitude: -73.985428, name: "Corner Deli" }, clicks_ad: { text: "I saw your ad" } }[action];
    act(action, more);
  });
  new EventSource(api + "events").addEventListener("change", refresh);
  setInterval(tick, 1000);
  refresh();
})();
