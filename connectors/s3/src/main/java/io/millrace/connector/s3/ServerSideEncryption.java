package io.millrace.connector.s3;

import io.millrace.spi.Options;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.ListPartsRequest;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.UploadPartRequest;

/**
 * How the bucket encrypts objects, where it is told and does not do as it is set up.
 *
 * <pre>
 *   encryption         bucket (as a rule: as it is set up), sse-s3, sse-kms or sse-c
 *   kms_key_id         of sse-kms: which key of KMS; the account's for S3 unless it is said
 *   sse_customer_key   of sse-c: 32 bytes in base64, which S3 forgets and every reader gives again
 * </pre>
 *
 * @param algorithm as S3 calls it, or null
 * @param kmsKeyId the key of KMS, or null
 * @param customerKey in base64, or null
 */
record ServerSideEncryption(
        @Nullable String algorithm,
        @Nullable String kmsKeyId,
        @Nullable String customerKey) {

    static final String ENCRYPTION = "encryption";
    static final String KMS_KEY = "kms_key_id";
    static final String CUSTOMER_KEY = "sse_customer_key";

    static final List<String> NAMES = List.of(ENCRYPTION, KMS_KEY, CUSTOMER_KEY);

    private static final String AES = "AES256";
    private static final int KEY_BYTES = 32;

    static ServerSideEncryption from(Options options) {
        String how = options.get(ENCRYPTION, "bucket");
        refuse(options, how, KMS_KEY, "sse-kms");
        refuse(options, how, CUSTOMER_KEY, "sse-c");
        return switch (how) {
            case "bucket" -> new ServerSideEncryption(null, null, null);
            case "sse-s3" -> new ServerSideEncryption(AES, null, null);
            case "sse-kms" ->
                new ServerSideEncryption("aws:kms", options.has(KMS_KEY) ? options.get(KMS_KEY, "") : null, null);
            case "sse-c" -> new ServerSideEncryption(null, null, customerKey(options.get(CUSTOMER_KEY, "")));
            default -> throw Options.invalid(ENCRYPTION, how, "bucket, sse-s3, sse-kms or sse-c");
        };
    }

    private static void refuse(Options options, String how, String name, String of) {
        if (options.has(name) && !how.equals(of)) {
            throw Options.invalid(
                    name, Options.isSecret(name) ? "…" : options.get(name, ""), "it with encryption = '" + of + "'");
        }
    }

    private static String customerKey(String key) {
        try {
            if (Base64.getDecoder().decode(key).length == KEY_BYTES) {
                return key;
            }
        } catch (IllegalArgumentException e) {
            throw Options.invalid(CUSTOMER_KEY, "…", "32 bytes in base64");
        }
        throw Options.invalid(CUSTOMER_KEY, "…", "32 bytes in base64");
    }

    private static String md5(String key) {
        try {
            byte[] sum =
                    MessageDigest.getInstance("MD5").digest(Base64.getDecoder().decode(key));
            return Base64.getEncoder().encodeToString(sum);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has MD5", e);
        }
    }

    void into(CreateMultipartUploadRequest.Builder request) {
        if (algorithm != null) {
            request.serverSideEncryption(algorithm).ssekmsKeyId(kmsKeyId);
        }
        if (customerKey != null) {
            request.sseCustomerAlgorithm(AES).sseCustomerKey(customerKey).sseCustomerKeyMD5(md5(customerKey));
        }
    }

    void into(PutObjectRequest.Builder request) {
        if (algorithm != null) {
            request.serverSideEncryption(algorithm).ssekmsKeyId(kmsKeyId);
        }
        if (customerKey != null) {
            request.sseCustomerAlgorithm(AES).sseCustomerKey(customerKey).sseCustomerKeyMD5(md5(customerKey));
        }
    }

    void into(UploadPartRequest.Builder request) {
        if (customerKey != null) {
            request.sseCustomerAlgorithm(AES).sseCustomerKey(customerKey).sseCustomerKeyMD5(md5(customerKey));
        }
    }

    void into(ListPartsRequest.Builder request) {
        if (customerKey != null) {
            request.sseCustomerAlgorithm(AES).sseCustomerKey(customerKey).sseCustomerKeyMD5(md5(customerKey));
        }
    }

    void into(HeadObjectRequest.Builder request) {
        if (customerKey != null) {
            request.sseCustomerAlgorithm(AES).sseCustomerKey(customerKey).sseCustomerKeyMD5(md5(customerKey));
        }
    }

    void into(GetObjectRequest.Builder request) {
        if (customerKey != null) {
            request.sseCustomerAlgorithm(AES).sseCustomerKey(customerKey).sseCustomerKeyMD5(md5(customerKey));
        }
    }

    /** Leaves out what nobody should see. */
    @Override
    public String toString() {
        return customerKey != null ? "sse-c" : String.valueOf(algorithm);
    }
}
