package io.millrace.spi.function;

import io.millrace.spi.function.FunctionSignature.Parameter;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A class that somebody says is a function: what its methods are, and its instances. */
record FunctionClass(Class<?> owner) {

    /**
     * Takes a class that can be made.
     *
     * @throws io.millrace.spi.error.MillraceException {@code INVALID_STATEMENT} where it cannot
     */
    static FunctionClass of(Class<?> owner) {
        boolean usable = Modifier.isPublic(owner.getModifiers())
                && !Modifier.isAbstract(owner.getModifiers())
                && (owner.getEnclosingClass() == null || Modifier.isStatic(owner.getModifiers()))
                && Arrays.stream(owner.getConstructors()).anyMatch(c -> c.getParameterCount() == 0);
        if (!usable) {
            throw FunctionErrors.unusable(
                    "class " + owner.getName() + " cannot be made",
                    "make it a public class, not abstract, with a public constructor without arguments");
        }
        return new FunctionClass(owner);
    }

    /** Returns the one method of a name. */
    Method only(String name) {
        List<Method> methods = methods(name);
        if (methods.size() != 1) {
            throw FunctionErrors.unusable(
                    "class " + owner.getName() + " has " + methods.size() + " public methods named " + name,
                    "give it one; for other types write another class, and another function");
        }
        return methods.getFirst();
    }

    /** Returns the one method of a name, or null where there is none. */
    @Nullable
    Method optional(String name) {
        return methods(name).isEmpty() ? null : only(name);
    }

    private List<Method> methods(String name) {
        return Arrays.stream(owner.getMethods())
                .filter(method -> method.getName().equals(name)
                        && !method.isBridge()
                        && !Modifier.isStatic(method.getModifiers()))
                .toList();
    }

    /** Returns the types of a method's parameters, from one of them on. */
    static List<JavaType> types(Method method, int first) {
        List<JavaType> types = new ArrayList<>();
        AnnotatedType[] declared = method.getAnnotatedParameterTypes();
        for (int i = first; i < declared.length; i++) {
            types.add(JavaTypes.of(declared[i], "parameter " + (i + 1) + " of " + name(method)));
        }
        return types;
    }

    /** Returns which of a method's parameters take {@code null}, from one of them on. */
    static List<Boolean> nullable(Method method, int first) {
        List<Boolean> nullable = new ArrayList<>();
        AnnotatedType[] declared = method.getAnnotatedParameterTypes();
        for (int i = first; i < declared.length; i++) {
            boolean annotated =
                    isNullable(declared[i].getAnnotations()) || isNullable(method.getParameterAnnotations()[i]);
            nullable.add(annotated && !method.getParameterTypes()[i].isPrimitive());
        }
        return nullable;
    }

    private static boolean isNullable(Annotation[] annotations) {
        return Arrays.stream(annotations)
                .anyMatch(annotation ->
                        annotation.annotationType().getSimpleName().equals("Nullable"));
    }

    static JavaType result(Method method) {
        return JavaTypes.of(method.getAnnotatedReturnType(), "the result of " + name(method));
    }

    /** Returns what SQL sees of a method's last parameters. */
    static List<Parameter> parameters(Method method, List<JavaType> types, List<Boolean> nullable) {
        List<Parameter> seen = new ArrayList<>();
        int first = method.getParameterCount() - types.size();
        for (int i = 0; i < types.size(); i++) {
            java.lang.reflect.Parameter parameter = method.getParameters()[first + i];
            seen.add(new Parameter(
                    parameter.isNamePresent() ? parameter.getName() : "",
                    types.get(i).type(),
                    nullable.get(i)));
        }
        return seen;
    }

    static String name(Method method) {
        return method.getDeclaringClass().getName() + "." + method.getName();
    }

    boolean deterministic() {
        return !owner.isAnnotationPresent(NotDeterministic.class);
    }

    Object instance() {
        try {
            return owner.getConstructor().newInstance();
        } catch (ReflectiveOperationException | LinkageError e) {
            Throwable cause = e instanceof InvocationTargetException ? e.getCause() : e;
            throw FunctionErrors.unusable(
                    "class " + owner.getName() + " cannot be made: " + cause, "mend its constructor");
        }
    }
}
