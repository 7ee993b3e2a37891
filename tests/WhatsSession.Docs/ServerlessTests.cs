using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace WhatsSession.Docs;

/// <summary>The pages on serverless functions compile, against stand-ins of what they use of the vendors' packages.</summary>
public sealed class ServerlessTests
{
    private const string Azure = """
        namespace Microsoft.Azure.Functions.Worker
        {
            public enum AuthorizationLevel { Anonymous }

            [System.AttributeUsage(System.AttributeTargets.Method)]
            public sealed class FunctionAttribute(string name) : System.Attribute { public string Name => name; }

            [System.AttributeUsage(System.AttributeTargets.Parameter)]
            public sealed class HttpTriggerAttribute(AuthorizationLevel level, params string[] methods) : System.Attribute
            {
                public AuthorizationLevel Level => level;

                public string[] Methods => methods;

                public string? Route { get; set; }
            }
        }

        namespace Microsoft.Azure.Functions.Worker.Builder
        {
            public static class FunctionsApplication { public static Microsoft.Extensions.Hosting.HostApplicationBuilder CreateBuilder(string[] args) => new(args); }

            public static class Extensions { public static void ConfigureFunctionsWebApplication(this Microsoft.Extensions.Hosting.HostApplicationBuilder builder) { } }
        }
        """;

    private const string Lambda = """
        namespace Amazon.Lambda.Core
        {
            public interface ILambdaContext { System.TimeSpan RemainingTime { get; } }

            public interface ILambdaSerializer;

            [System.AttributeUsage(System.AttributeTargets.Assembly)]
            public sealed class LambdaSerializerAttribute(System.Type serializer) : System.Attribute { public System.Type Serializer => serializer; }
        }

        namespace Amazon.Lambda.Serialization.SystemTextJson
        {
            public class DefaultLambdaJsonSerializer : Amazon.Lambda.Core.ILambdaSerializer;
        }

        namespace Amazon.Lambda.APIGatewayEvents
        {
            public class APIGatewayHttpApiV2ProxyRequest
            {
                public string? Body { get; set; }

                public bool IsBase64Encoded { get; set; }

                public System.Collections.Generic.IDictionary<string, string>? Headers { get; set; }

                public System.Collections.Generic.IDictionary<string, string>? QueryStringParameters { get; set; }

                public ProxyRequestContext RequestContext { get; set; } = new();

                public class HttpDescription { public string Method { get; set; } = ""; }

                public class ProxyRequestContext { public HttpDescription Http { get; set; } = new(); }
            }

            public class APIGatewayHttpApiV2ProxyResponse
            {
                public int StatusCode { get; set; }

                public string? Body { get; set; }
            }
        }
        """;

    [Fact]
    public void AzureFunctions_Program_Compiles() => Snippets.CompilePlain(OutputKind.ConsoleApplication, LanguageVersion.Default, [Azure, .. Page("azure-functions.md")]).Should().NotBeEmpty();

    /// <summary>Lambda cannot make the handler's request of JSON unless the assembly names a serialiser.</summary>
    [Fact]
    public void AwsLambda_Function_CompilesAndNamesItsSerializer() =>
        Assembly.Load(Snippets.CompilePlain(OutputKind.DynamicallyLinkedLibrary, LanguageVersion.Default, [Lambda, .. Page("aws-lambda.md")]))
            .GetCustomAttributesData().Should().Contain(attribute => attribute.AttributeType.Name == "LambdaSerializerAttribute");

    /// <summary>The newest language of .NET 8 knows no spans as <c>params</c>.</summary>
    [Theory]
    [InlineData("\"secret\"")]
    [InlineData("\"new\", \"old\"")]
    [InlineData("secrets")]
    public void Verify_InTheLanguageOfNet8_Compiles(string secrets) =>
        Snippets.CompilePlain(OutputKind.DynamicallyLinkedLibrary, LanguageVersion.CSharp12, $$"""
            using WhatsSession;

            public static class Gateway
            {
                public static bool IsMeta(byte[] body, string? header, string[] secrets) => secrets.Length > 0 && WebhookSignature.Verify(body, header, {{secrets}});
            }
            """).Should().NotBeEmpty();

    private static IReadOnlyList<string> Page(string name) => Snippets.In(File.ReadAllText(Path.Combine(QuickstartTests.SampleFolder, "../../../../../docs", name)));
}
