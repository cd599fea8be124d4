// Starts Swagger UI, which the page has loaded from this server.
window.addEventListener("load", () => {
  window.SwaggerUIBundle({ url: "/api/v1/openapi.json", dom_id: "#swagger-ui", deepLinking: true, validatorUrl: null });
});
