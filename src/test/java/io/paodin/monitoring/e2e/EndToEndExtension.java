package io.paodin.monitoring.e2e;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Installs the operator before the first test, and gives each test the namespaces that it asks for. */
final class EndToEndExtension implements BeforeAllCallback, AfterEachCallback, ParameterResolver {

    private static final Namespace STORE = Namespace.create(EndToEndExtension.class);

    /** The namespaces of one test, in the order of its parameters. */
    private static final class Namespaces {
        private final List<TestNamespace> all = new ArrayList<>();
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        operator(context);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return List.of(TestNamespace.class, Operator.class, ObjectStore.class)
                .contains(parameter.getParameter().getType());
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        var type = parameter.getParameter().getType();
        if (type.equals(Operator.class)) {
            return operator(context);
        }
        if (type.equals(ObjectStore.class)) {
            return shared(context, ObjectStore.class, ObjectStore::start);
        }
        var namespace = parameter
                .findAnnotation(Named.class)
                .map(named -> TestNamespace.create(named.value()))
                .orElseGet(
                        () -> TestNamespace.createFor(context.getRequiredTestClass(), context.getRequiredTestMethod()));
        namespaces(context).all.add(namespace);
        return namespace;
    }

    @Override
    public void afterEach(ExtensionContext context) {
        var namespaces = namespaces(context).all;
        try {
            context.getExecutionException()
                    .ifPresent(failure -> Evidence.collect(nameOf(context), failure, namespaces));
        } finally {
            namespaces.forEach(TestNamespace::delete);
        }
    }

    /** As a folder's name; tests with parameters have one for each invocation. */
    private static String nameOf(ExtensionContext context) {
        var method = context.getRequiredTestMethod().getName();
        var invocation = context.getUniqueId().replaceFirst("^.*invocation:#([0-9]+).*$", ".$1");
        return context.getRequiredTestClass().getSimpleName() + "." + method
                + (invocation.matches("\\.[0-9]+") ? invocation : "");
    }

    private static Operator operator(ExtensionContext context) {
        return shared(context, Operator.class, Operator::install);
    }

    private static Namespaces namespaces(ExtensionContext context) {
        return context.getStore(STORE)
                .getOrComputeIfAbsent(Namespaces.class, key -> new Namespaces(), Namespaces.class);
    }

    /** What all tests share, made at its first use and closed after the last test. */
    private static <T extends AutoCloseable> T shared(ExtensionContext context, Class<T> type, Supplier<T> make) {
        return context.getRoot().getStore(STORE).getOrComputeIfAbsent(type, key -> make.get(), type);
    }
}
