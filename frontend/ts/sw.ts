// The service worker: shows what is pushed, and opens its page when it is touched. It keeps nothing
// and stands in no request's way.
import { shown, target } from "./pushed.ts";

interface Scope {
  addEventListener(name: "push", heard: (event: PushEvent) => void): void;
  addEventListener(name: "notificationclick", heard: (event: ClickEvent) => void): void;
  location: Location;
  registration: ServiceWorkerRegistration;
  clients: { openWindow(url: string): Promise<unknown> };
}
interface Lasting {
  waitUntil(work: Promise<unknown>): void;
}
interface PushEvent extends Lasting {
  data: { text(): string } | null;
}
interface ClickEvent extends Lasting {
  notification: Notification;
}

const worker = globalThis as unknown as Scope;

worker.addEventListener("push", (event) => {
  const { title, options } = shown(event.data?.text() ?? "");
  event.waitUntil(worker.registration.showNotification(title, options));
});

worker.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(worker.clients.openWindow(target(event.notification.data, worker.location.origin)));
});
