package io.paodin.monitoring.apiserver;

import java.util.Locale;

/**
 * A request for a resource, in the words of RBAC.
 *
 * @param verb get, list, watch, create, update, patch, delete or deletecollection
 * @param subresource empty for the resource itself
 * @param namespace empty for all namespaces and for cluster-scoped resources
 * @param name empty for a collection
 * @param contentType of the body, without parameters; empty where there is none
 * @param status code of the answer; 0 where none was given (yet)
 */
public record Request(
        String verb,
        String group,
        String resource,
        String subresource,
        String namespace,
        String name,
        String contentType,
        String userAgent,
        int status) {

    public boolean isWrite() {
        return switch (verb) {
            case "create" -> !group.equals("authorization.k8s.io");
            case "update", "patch", "delete", "deletecollection" -> true;
            default -> false;
        };
    }

    public boolean isApply() {
        return contentType.startsWith("application/apply-patch");
    }

    Request answered(int code) {
        return new Request(verb, group, resource, subresource, namespace, name, contentType, userAgent, code);
    }

    static String verb(String method, boolean collection, boolean watch) {
        return switch (method) {
            case "GET" -> watch ? "watch" : collection ? "list" : "get";
            case "POST" -> "create";
            case "PUT" -> "update";
            case "DELETE" -> collection ? "deletecollection" : "delete";
            default -> method.toLowerCase(Locale.ROOT);
        };
    }
}
