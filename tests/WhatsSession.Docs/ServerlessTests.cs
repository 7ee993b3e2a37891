using Microsoft.CodeAnalysis;

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
    public void AzureFunctions_Program_Compiles() => Snippets.Compile(OutputKind.ConsoleApplication, [Azure, .. Page("azure-functions.md")]).Should().NotBeEmpty();

    [Fact]
    public void AwsLambda_Function_Compiles() => Snippets.Compile(OutputKind.DynamicallyLinkedLibrary, [Lambda, .. Page("aws-lambda.md")]).Should().NotBeEmpty();

    private static IReadOnlyList<string> Page(string name) => Snippets.In(File.ReadAllText(Path.Combine(QuickstartTests.SampleFolder, "../../../../../docs", name)));
}
