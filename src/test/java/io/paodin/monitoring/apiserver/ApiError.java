package io.paodin.monitoring.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.Collectors;

/** A request that is answered with a {@code Status} of failure. */
final class ApiError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** One field of an object that is not accepted, as in {@code details.causes}. */
    record Cause(String reason, String field, String message) {
        static Cause required(String field) {
            return new Cause("FieldValueRequired", field, "Required value");
        }

        static Cause immutable(String field, JsonNode value) {
            String shown = value.isMissingNode() ? "null" : value.toString();
            return new Cause("FieldValueInvalid", field, "Invalid value: %s: field is immutable".formatted(shown));
        }
    }

    private final int code;
    private final String reason;
    private final transient ObjectNode details;

    private ApiError(int code, String reason, String message, ObjectNode details) {
        super(message, null, false, false);
        this.code = code;
        this.reason = reason;
        this.details = details;
    }

    static ApiError of(int code, String reason, String message) {
        return new ApiError(code, reason, message, null);
    }

    static ApiError ofCode(int code) {
        String reason =
                switch (code) {
                    case 401 -> "Unauthorized";
                    case 403 -> "Forbidden";
                    case 404 -> "NotFound";
                    case 409 -> "Conflict";
                    case 410 -> "Expired";
                    case 422 -> "Invalid";
                    case 429 -> "TooManyRequests";
                    case 500 -> "InternalError";
                    case 503 -> "ServiceUnavailable";
                    case 504 -> "Timeout";
                    default -> "Unknown";
                };
        return of(code, reason, "injected failure " + code);
    }

    static ApiError badRequest(String message) {
        return of(400, "BadRequest", message);
    }

    static ApiError unknownPath() {
        return of(404, "NotFound", "the server could not find the requested resource");
    }

    static ApiError notFound(ResourceType type, String name) {
        String message = "%s \"%s\" not found".formatted(type.qualifiedPlural(), name);
        return new ApiError(404, "NotFound", message, details(type, name));
    }

    static ApiError alreadyExists(ResourceType type, String name) {
        String message = "%s \"%s\" already exists".formatted(type.qualifiedPlural(), name);
        return new ApiError(409, "AlreadyExists", message, details(type, name));
    }

    static ApiError conflict(ResourceType type, String name, String why) {
        String message = "Operation cannot be fulfilled on %s \"%s\": %s".formatted(type.qualifiedPlural(), name, why);
        return new ApiError(409, "Conflict", message, details(type, name));
    }

    static ApiError modified(ResourceType type, String name) {
        return conflict(
                type,
                name,
                "the object has been modified; please apply your changes to the latest version and try again");
    }

    static ApiError invalid(ResourceType type, String name, List<Cause> causes) {
        List<String> texts = causes.stream()
                .map(cause -> cause.field() + ": " + cause.message())
                .toList();
        String message = "%s \"%s\" is invalid: %s"
                .formatted(type.qualifiedKind(), name, texts.size() == 1 ? texts.get(0) : texts);
        ObjectNode details = details(type, name).put("kind", type.kind());
        addCauses(details, causes);
        return new ApiError(422, "Invalid", message, details);
    }

    static ApiError applyConflict(List<Cause> causes) {
        String disputed = causes.stream()
                .map(cause -> cause.message() + ": " + cause.field())
                .collect(Collectors.joining(" "));
        String message =
                "Apply failed with %d conflict%s: %s".formatted(causes.size(), causes.size() == 1 ? "" : "s", disputed);
        ObjectNode details = Json.object();
        addCauses(details, causes);
        return new ApiError(409, "Conflict", message, details);
    }

    int code() {
        return code;
    }

    ObjectNode status() {
        ObjectNode status = Json.object("v1", "Status");
        status.putObject("metadata");
        status.put("status", "Failure")
                .put("message", getMessage())
                .put("reason", reason)
                .put("code", code);
        if (details != null) {
            status.set("details", details);
        }
        return status;
    }

    private static void addCauses(ObjectNode details, List<Cause> causes) {
        ArrayNode list = details.putArray("causes");
        for (Cause cause : causes) {
            list.addObject()
                    .put("reason", cause.reason())
                    .put("message", cause.message())
                    .put("field", cause.field());
        }
    }

    private static ObjectNode details(ResourceType type, String name) {
        return Json.object().put("name", name).put("group", type.group()).put("kind", type.plural());
    }
}
