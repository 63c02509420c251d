package io.paodin.monitoring.e2e;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A class of tests that share the operator of the cluster with others. Those that disturb it are isolated. */
@Tag("e2e")
@Execution(ExecutionMode.CONCURRENT)
@ExtendWith(EndToEndExtension.class)
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@interface EndToEnd {}
