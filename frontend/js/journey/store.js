// What this device keeps: one small database for each person, every word in it sealed with AES-GCM. The key of an
// account is made from a secret that only that person's sign-in gives, cannot be read out by script, and is thrown
// away at sign-out; what is sealed then stays shut until the same person signs in again.
const PREFIX = "kp-min-vei-";
const FLAG = "kp:device";
export const ALONE = "uten-konto";
const into = new TextEncoder();
const from = new TextDecoder();
const AES = { name: "AES-GCM", length: 256 };

const done = (request) => new Promise((yes, no) => {
  request.onsuccess = () => yes(request.result);
  request.onerror = () => no(request.error);
});

export const canKeep = () => Boolean(globalThis.crypto?.subtle && globalThis.indexedDB);

export function flag() {
  const [state, who] = (localStorage.getItem(FLAG) ?? "").split(" ");
  return { state, who };
}

export class Box {
  constructor(who, db) {
    this.who = who;
    this.db = db;
  }

  static async of(who) {
    const request = indexedDB.open(PREFIX + who, 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore("key");
      request.result.createObjectStore("kept", { keyPath: "id" });
    };
    const db = await done(request);
    db.onversionchange = () => db.close();
    return new Box(who, db);
  }

  store(name, mode = "readonly") {
    return this.db.transaction(name, mode).objectStore(name);
  }

  async key() {
    const found = await done(this.store("key").get("aes"));
    if (!found) return null;
    if (found.until > Date.now()) return found.key;
    await this.lock();
    return null;
  }

  async unlock(secret, until) {
    let salt = await done(this.store("key").get("salt"));
    if (!salt) {
      salt = crypto.getRandomValues(new Uint8Array(16));
      await done(this.store("key", "readwrite").put(salt, "salt"));
    }
    const raw = Uint8Array.from(atob(secret), (c) => c.charCodeAt(0));
    const base = await crypto.subtle.importKey("raw", raw, "HKDF", false, ["deriveKey"]);
    const how = { name: "HKDF", hash: "SHA-256", salt, info: into.encode("knutepunkt min vei") };
    const key = await crypto.subtle.deriveKey(how, base, AES, false, ["encrypt", "decrypt"]);
    await done(this.store("key", "readwrite").put({ key, until }, "aes"));
    raw.fill(0);
  }

  // Without an account the key is the device's own; it never leaves it.
  async unlockAlone() {
    if (await this.key()) return;
    const key = await crypto.subtle.generateKey(AES, false, ["encrypt", "decrypt"]);
    await done(this.store("key", "readwrite").put({ key, until: Infinity }, "aes"));
  }

  // The key goes, and the copy of what stood on the page; what is not sent stays sealed.
  async lock() {
    await done(this.store("key", "readwrite").delete("aes"));
    const rows = await done(this.store("kept").getAll());
    for (const row of rows) if (row.what !== "item") await this.drop(row.id);
    await this.tell();
  }

  bound(id, what) {
    return into.encode(`${this.who}|${what}|${id}`);
  }

  async put(what, id, value) {
    const key = await this.key();
    if (!key) throw new Error("locked");
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const how = { name: "AES-GCM", iv, additionalData: this.bound(id, what) };
    const sealed = await crypto.subtle.encrypt(how, key, into.encode(JSON.stringify(value)));
    await done(this.store("kept", "readwrite").put({ id, what, iv, sealed }));
    await this.tell();
  }

  async all(what) {
    const key = await this.key();
    const rows = (await done(this.store("kept").getAll())).filter((row) => row.what === what);
    const found = [];
    for (const row of key ? rows : []) {
      try {
        const how = { name: "AES-GCM", iv: row.iv, additionalData: this.bound(row.id, what) };
        found.push(JSON.parse(from.decode(await crypto.subtle.decrypt(how, key, row.sealed))));
      } catch { /* sealed with a key that is gone: it stays, and nobody reads it */ }
    }
    return found;
  }

  async one(what, id) {
    return (await this.all(what)).find((value) => value.id === id) ?? null;
  }

  async count() {
    return (await done(this.store("kept").getAll())).filter((row) => row.what === "item").length;
  }

  async drop(id) {
    await done(this.store("kept", "readwrite").delete(id));
    await this.tell();
  }

  // Every page can see that something is kept and whether it is sent, without opening anything.
  async tell() {
    if (this.who !== ALONE) localStorage.setItem(FLAG, `${(await this.count()) ? "unsent" : "kept"} ${this.who}`);
  }

  async destroy() {
    this.db.close();
    await done(indexedDB.deleteDatabase(PREFIX + this.who));
    if (flag().who === this.who) localStorage.removeItem(FLAG);
  }
}

// Somebody else has signed in here: everything of the others is shut, and what was only a copy goes.
export async function lockOthers(who) {
  const known = (await indexedDB.databases?.()) ?? [];
  const names = new Set([...known.map((db) => db.name), flag().who ? PREFIX + flag().who : ""]);
  for (const name of names) {
    const other = name.startsWith(PREFIX) ? name.slice(PREFIX.length) : "";
    if (!other || other === who || other === ALONE) continue;
    const box = await Box.of(other);
    if (await box.count()) await box.lock();
    else await box.destroy();
    box.db.close();
  }
  if (flag().who !== who) localStorage.removeItem(FLAG);
}
