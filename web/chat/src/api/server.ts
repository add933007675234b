/** The origin that these modules come from, which is where the API is: the page's own, or, for the widget, that of its server. */
export const SERVER = import.meta.env.PROD ? new URL(import.meta.url).origin : '';
