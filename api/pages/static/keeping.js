// Keeps what is typed into a form: in this browser at once, on the server a moment later, and nowhere once it is sent.
// What the server has is not kept here as well; nothing stays here longer than twelve hours or beyond signing out.
// A photo larger than the server takes is made smaller before it is sent, which also leaves out where it was taken.
(() => {
  "use strict";
  const PREFIX = "siklus:";
  const LONGEST = 12 * 3600 * 1000;
  const PAUSE = 1500;
  const AGAIN = 15000;
  const LARGEST_FILE = 1900000;
  const LONGEST_SIDE = 2000;
  // what a form says of its sending, not of its text
  const OF_SENDING = new Set(["key", "visit", "seen", "by", "unsent", "group", "held"]);

  const store = (() => {
    try {
      localStorage.setItem(PREFIX, "");
      localStorage.removeItem(PREFIX);
      return localStorage;
    } catch {
      return null; // a browser that keeps nothing: the server still does
    }
  })();

  const kept = (name) => {
    try {
      return JSON.parse(store.getItem(name));
    } catch {
      return null;
    }
  };

  const forget = (which) => {
    for (const name of Object.keys(store || {})) {
      if (name.startsWith(PREFIX) && which(kept(name), name)) store.removeItem(name);
    }
  };

  const fieldsOf = (form) =>
    [...new FormData(form)].filter(([name, value]) => typeof value === "string" && !OF_SENDING.has(name));

  const same = (one, other) => JSON.stringify([...one].sort()) === JSON.stringify([...other].sort());

  const clock = (at) =>
    new Date(at).toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });

  // Whether every field has its place in the form; rows may be missing, which only the server makes.
  const fits = (form, fields) => fields.every(([name]) => form.elements.namedItem(name));

  const fill = (form, fields) => {
    const texts = new Map(fields);
    for (const one of form.elements) {
      if (!one.name || OF_SENDING.has(one.name) || ["hidden", "file", "submit"].includes(one.type)) continue;
      if (one.type === "checkbox" || one.type === "radio") {
        one.checked = fields.some(([name, value]) => name === one.name && value === one.value);
      } else {
        one.value = texts.get(one.name) ?? "";
      }
    }
  };

  // The page comes back from the server with the rows these fields need.
  const fetchRows = (form, fields) => {
    const asking = document.createElement("form");
    asking.method = "post";
    asking.action = form.action;
    const sending = [...OF_SENDING].filter((name) => form.elements.namedItem(name));
    const all = [...fields, ...sending.map((name) => [name, form.elements.namedItem(name).value]), ["op", "look"]];
    for (const [name, value] of all) {
      const field = document.createElement("input");
      field.type = "hidden";
      field.name = name;
      field.value = value;
      asking.append(field);
    }
    document.body.append(asking);
    asking.submit();
  };

  const smaller = async (file) => {
    if (file.size <= LARGEST_FILE || !/^image\/(jpeg|png)$/.test(file.type)) return file;
    const photo = await createImageBitmap(file);
    const by = Math.min(1, LONGEST_SIDE / Math.max(photo.width, photo.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(photo.width * by);
    canvas.height = Math.round(photo.height * by);
    canvas.getContext("2d").drawImage(photo, 0, 0, canvas.width, canvas.height);
    const made = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.8));
    return new File([made], file.name.replace(/\.[^.]*$/, "") + ".jpg", { type: "image/jpeg" });
  };

  // The photos of a form; sending waits for those that are being made smaller.
  const photos = (form) => {
    let making = null;
    form.addEventListener("change", ({ target }) => {
      if (target.type !== "file") return;
      const mine = (making = Promise.all([...target.files].map(smaller))
        .then((files) => {
          const all = new DataTransfer();
          for (const file of files) all.items.add(file);
          target.files = all.files;
        })
        .catch(() => {}) // what cannot be read as a picture is sent as it is, and the server says what is wrong
        .finally(() => {
          if (making === mine) making = null;
        }));
    });
    form.addEventListener("submit", (event) => {
      if (!making) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      const button = event.submitter;
      making.then(() => form.requestSubmit(button));
    });
  };

  // What is sent while the line is cut waits on the open page and goes once it is back: the form's key makes it one.
  const queue = (form) => {
    let waiting = null;
    form.addEventListener("submit", (event) => {
      if (navigator.onLine) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      const line = form.querySelector("[data-saved]");
      if (line) line.textContent = form.dataset.queue;
      if (!waiting) addEventListener("online", () => form.requestSubmit(waiting), { once: true });
      waiting = event.submitter;
    });
  };

  const watch = (form) => {
    const name = `${PREFIX}${form.dataset.by}:${form.dataset.keep}`;
    const line = form.querySelector("[data-saved]");
    const base = form.elements.namedItem("unsent");
    const atServer = "server" in form.dataset;
    let timer = 0;
    let sending = false;
    let stopped = false; // another text stands beside this one: the person chooses

    const say = (text) => {
      if (line && line.textContent !== text) line.textContent = text;
    };
    const keep = (more = {}) => {
      const one = { at: Date.now(), base: base ? base.value : "0", fields: fieldsOf(form), ...more };
      if (store) store.setItem(name, JSON.stringify(one));
      return one;
    };
    const later = (pause) => {
      clearTimeout(timer);
      if (atServer && !stopped) timer = setTimeout(save, pause);
    };

    const save = async () => {
      if (sending || stopped) return;
      sending = true;
      const before = fieldsOf(form);
      const body = new FormData();
      for (const [field, value] of new FormData(form)) if (typeof value === "string") body.append(field, value);
      body.append("op", "save");
      try {
        const answer = await fetch(form.action, { method: "POST", body, headers: { accept: "application/json" } });
        const told = answer.headers.get("content-type")?.startsWith("application/json") ? await answer.json() : null;
        if (answer.ok && told) {
          base.value = told.version;
          if (same(before, fieldsOf(form))) {
            say(told.told);
            if (store) store.removeItem(name);
          } else {
            keep();
            later(PAUSE);
          }
        } else if (answer.status === 409 && told?.told) {
          stopped = true;
          say(told.told);
        } else {
          later(AGAIN); // nobody is signed in any more: it stays here until they are
        }
      } catch {
        later(AGAIN); // the line is cut
      } finally {
        sending = false;
      }
    };

    const typed = () => {
      const one = keep();
      if (stopped) return;
      if (line) say(form.dataset.here.replace("{time}", clock(one.at)));
      later(PAUSE);
    };

    const found = store && kept(name);
    if (found && same(found.fields, fieldsOf(form))) {
      store.removeItem(name);
    } else if (found && fits(form, found.fields)) {
      fill(form, found.fields);
      if (base) base.value = found.base;
      form.closest("details")?.setAttribute("open", "");
      say(form.dataset.back.replace("{time}", clock(found.at)));
      later(PAUSE);
    } else if (found && !found.asked) {
      store.setItem(name, JSON.stringify({ ...found, asked: true }));
      if (base) base.value = found.base;
      fetchRows(form, found.fields);
    }

    form.addEventListener("input", typed);
    form.addEventListener("submit", () => {
      stopped = true;
      clearTimeout(timer);
      keep({ sent: true });
    });
    addEventListener("online", () => later(0));
  };

  if (store) {
    const done = document.querySelector("p.done[role=status]");
    const out = document.querySelector("[data-signed-out]");
    forget((one) => out || !one || Date.now() - one.at > LONGEST || (done && one.sent));
  }
  for (const form of document.querySelectorAll("form[data-keep]")) {
    photos(form);
    if (form.dataset.queue) queue(form);
    watch(form);
  }
  for (const form of document.querySelectorAll("form[action='/sign-out']")) {
    form.addEventListener("submit", () => forget(() => true));
  }
})();
