export { PrecacheController, PrecacheRoute } from "workbox-precaching";
export { registerRoute, Route } from "workbox-routing";
export { NetworkOnly } from "workbox-strategies";
